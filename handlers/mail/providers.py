"""Mail providers where anybody can have an address: such a domain does not tell for whom somebody works."""

PUBLIC = frozenset(
    {
        "aol.com", "bk.ru", "box.az", "fastmail.com", "gmail.com", "gmx.com", "gmx.de", "gmx.net",
        "googlemail.com", "hotmail.com", "icloud.com", "inbox.ru", "internet.ru", "list.ru", "live.com",
        "live.ru", "mac.com", "mail.az", "mail.com", "mail.kz", "mail.ru", "me.com", "msn.com", "nur.kz",
        "outlook.com", "outlook.kz", "pm.me", "proton.me", "protonmail.com", "rambler.ru", "ro.ru",
        "tuta.io", "tutanota.com", "vk.com", "ya.ru", "yahoo.com", "yandex.az", "yandex.by", "yandex.com",
        "yandex.kz", "yandex.ru", "yandex.ua", "ymail.com", "zoho.com", "zoho.eu",
    }
)  # fmt: skip


def is_own(domain: str, listed: frozenset[str]) -> bool:
    """Whether a library's list makes this domain its own; a public provider's is nobody's."""
    return domain in listed and domain not in PUBLIC
