"""Turn the mail URL into Django's mail settings."""

from typing import Any
from urllib.parse import unquote, urlsplit

from dateline.project.config import Config, ConfigError

PLAIN_RELAY_PORT = 25  # a relay on this machine speaks no TLS; everything else must
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
BACKEND = "django.core.mail.backends"


def settings_for(config: Config) -> dict[str, Any]:
    """Return Django's EMAIL_* and DEFAULT_FROM_EMAIL settings.

    Raises:
        ConfigError: the URL is of no kind we know, or SMTP without a host.

    """
    parts = urlsplit(config.mail_url)
    sender = config.mail_from or f"desk@{config.network_domain}"
    base: dict[str, Any] = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}
    if parts.scheme == "file":
        folder = parts.path or config.data_dir / "mail"
        return base | {
            "EMAIL_BACKEND": f"{BACKEND}.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(folder),
        }
    if parts.scheme == "console":
        return base | {"EMAIL_BACKEND": f"{BACKEND}.console.EmailBackend"}
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        tls = parts.scheme == "smtps"
        plain = parts.port == PLAIN_RELAY_PORT and parts.hostname in THIS_MACHINE
        return base | {
            "EMAIL_BACKEND": f"{BACKEND}.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port or (465 if tls else 587),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": tls,
            "EMAIL_USE_TLS": not tls and not plain,
            "EMAIL_TIMEOUT": 10,
        }
    raise ConfigError(
        f"dateline.E004: DATELINE_MAIL_URL begins with {parts.scheme!r} and names "
        f"{parts.hostname or 'no host'}. Use smtp://host:587, smtps://host, console: or file:."
    )
