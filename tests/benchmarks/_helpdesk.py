"""django-helpdesk takes a folder of mails, as its own command does; runs in an environment of its own."""

import json
import sys
import time
from pathlib import Path

import django
from django.conf import settings

urlpatterns: list[object] = []


def main(folder: Path) -> None:
    """Print how long it took."""
    settings.configure(
        SECRET_KEY="bench",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "desk.sqlite3")}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.humanize",
            "rest_framework",
            "helpdesk",
        ],
        SITE_ID=1,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        USE_TZ=True,
        MEDIA_ROOT=str(folder),
        ROOT_URLCONF=__name__,
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    )
    django.setup()
    from django.urls import include, path

    urlpatterns.append(path("", include("helpdesk.urls", namespace="helpdesk")))
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from helpdesk.email import extract_email_metadata
    from helpdesk.models import Queue

    queue = Queue.objects.create(title="Desk", slug="desk", allow_email_submission=True)
    mails = [path.read_text() for path in sorted(folder.glob("*.eml"))]
    import logging

    logger = logging.getLogger("helpdesk")
    begun = time.perf_counter()
    for mail in mails:
        extract_email_metadata(mail, queue, logger)
    sys.stdout.write(json.dumps({"seconds": time.perf_counter() - begun}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
