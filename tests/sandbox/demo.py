"""Look at the page with a scene that only repeats: `python -m tests.sandbox.demo [PORT]`."""

import asyncio
import sys
from datetime import timedelta

from bot.sandbox.scene import Blob, Button
from bot.sandbox.web import SandboxServer
from tests.sandbox.plain_scene import ALMATY, BAKU, PIXEL, PlainScene, placed

CARD: list[list[Button]] = [
    [{"text": "✓ Bəli", "data": "42:3:yes", "style": "success"}, {"text": "İmtina et", "data": "42:3:no"}],
    [{"text": "Şərtləri qəbul et", "data": "42:3:accept", "style": "primary"}],
    [
        {"text": "Sorğunu ləğv et", "data": "42:3:cancel", "style": "danger"},
        {"text": "Tarixçə", "url": "https://example.org/"},
    ],
]


def furnished() -> PlainScene:
    """Chats and mailboxes with one of everything."""
    scene = PlainScene()
    scene.files["pixel"] = Blob(PIXEL, "pixel.png", "image/png")
    scene.post(BAKU, "/start", from_bot=False)
    scene.post(
        BAKU,
        "Xoş gəlmisiniz!\nSitatı, ISBN və ya DOI göndərin. Kömək: /help",
        entities=[{"type": "bold", "offset": 0, "length": 15}],
        reply_keyboard=[["Yeni sorğu", "Sorğularım"], ["Kömək"]],
    )
    scene.now += timedelta(days=1, hours=2)
    asked = scene.post(BAKU, "Абай. Қара сөздер. Алматы: Жазушы, 2003. ISBN 9965-16-541-0", from_bot=False)
    text = "ANL-2026-0042 · Əsli\nАбай. Қара сөздер\nAlmatı: Jazuşı, 2003\n\nNövbə: Almatı, 8 yanvar"
    scene.post(
        BAKU,
        text,
        keyboard=CARD,
        edited=True,
        reply_to=asked["id"],
        entities=[
            {"type": "bold", "offset": 0, "length": 20},
            {"type": "italic", "offset": 21, "length": 17},
            {"type": "text_link", "offset": 39, "length": 20, "url": "https://example.org/"},
        ],
    )
    scene.post(BAKU, "", document={"file_id": "pixel", "name": "sorğu-ANL-2026-0042.pdf", "size": 183_402})
    scene.post(ALMATY, "Жаңа сұраныс: ANL-2026-0042", keyboard=CARD)
    scene.post(ALMATY, "Мұқабасы", photo="pixel", from_bot=False)
    html = (
        "<style>p{color:#246}</style><p>Həmkarlar,</p><p><b>ANL-2026-0042</b> sorğusu göndərilib.</p>"
        "<img src='https://example.org/track.gif'><script>parent.document.title='broken'</script>"
        "<a href='https://example.org/'>Sayt</a>"
    )
    for address in scene.mailboxes:
        mail = scene.receive(
            address,
            subject="[ANL-2026-0042] Абай. Қара сөздер",
            text="Hörmətli həmkarlar,\n\nANL-2026-0042 sorğusu göndərilib.\nCavab: YES və ya NO.\n",
            html=html,
        )
        mail["attachments"] = [{"index": 0, "name": "blank.pdf", "type": "application/pdf", "size": 20_480}]
        scene.receive(address, subject="Xatırlatma: cavab gözlənilir", text="Bir sorğu cavab gözləyir.")
    return scene


async def main(port: int) -> None:
    """Serve until interrupted."""
    async with SandboxServer(placed(furnished()), port=port) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
