"""Why a mail was read as it was, in words."""

from handlers.text.voice import Voice, message

SENTENCES = {
    "not_a_mail": message("This is not a mail message."),
    "no_sender": message("The message names no sender."),
    "delivery_report": message("A report about the delivery of another mail."),
    "no_person": message("Written by a program, not by a person."),
    "our_own": message("A mail of our own came back."),
    "encrypted": message("The message is encrypted and could not be read."),
    "damaged": message("Parts of the text were damaged on the way; see the original."),
    "only_quote": message("No words of the writer's own were found, so everything is shown."),
    "unclear": message("The text begins like an answer and does not plainly give one."),
}


def sentence(voice: Voice, note: str) -> str:
    """The sentence for a note of the reader."""
    return voice.say(SENTENCES[note])
