"""Commands, names and descriptions, per scope and language.

Source: core.telegram.org/bots/api#determining-list-of-commands and setMyName, setMyDescription.
"""

from dataclasses import dataclass, field

#: (scope type, chat, user); chat and user are 0 where the scope names none.
Scope = tuple[str, int, int]
Command = tuple[str, str]

DEFAULT: Scope = ("default", 0, 0)
PRIVATE: Scope = ("all_private_chats", 0, 0)


@dataclass(slots=True)
class Profile:
    """What a person is shown before writing anything. Language "" is the one for everybody else."""

    commands: dict[tuple[Scope, str], tuple[Command, ...]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_button: dict[str, object] = field(default_factory=lambda: {"type": "commands"})

    def menu(self, chat_id: int, language: str | None) -> tuple[Command, ...]:
        """The commands a private chat offers: the narrowest scope first, a language before none."""
        spoken = primary(language)
        for scope in (("chat", chat_id, 0), PRIVATE, DEFAULT):
            for code in (spoken, ""):
                if commands := self.commands.get((scope, code)):
                    return commands
        return ()

    def text(self, field_name: str, language: str | None) -> str:
        """A name or description in a language, or the one for everybody else."""
        return self.texts.get((field_name, primary(language))) or self.texts.get((field_name, ""), "")


def primary(language: str | None) -> str:
    """The two-letter code of a client's language, as the server matches it."""
    return (language or "").lower().replace("_", "-").partition("-")[0][:2]
