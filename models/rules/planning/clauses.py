"""Which clause of the agreement each kind of item serves; the yearly report counts by it."""

from models.rules.vocabulary import ItemKind

CLAUSES: dict[ItemKind, str] = {
    ItemKind.JOINT_EVENT: "1",
    ItemKind.PROJECT: "2.4",
    ItemKind.EXCHANGE: "3.1",
    ItemKind.TRAINING: "3.1",
    ItemKind.INTERNSHIP: "3.1",
    ItemKind.SEMINAR: "3.1",
    ItemKind.CONFERENCE: "3.1",
    ItemKind.WEBINAR: "3.2",
    ItemKind.PUBLICATION: "4.2",
    ItemKind.MEDIA: "4.2",
    ItemKind.OTHER: "1",
}
