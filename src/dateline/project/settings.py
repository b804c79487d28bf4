"""Django's settings, all derived from one Config."""

import secrets
from pathlib import Path

from dateline.project import accounts, databases, mail
from dateline.project.config import Config

CONFIG = Config.read()
HERE = Path(__file__).parent

# Commands that touch no session (`wire inspect`, `--help`) work before there is a key; `serve`
# refuses to start without one, and `check` says how to make it.
SECRET_KEY = CONFIG.stored_secret_key() or secrets.token_urlsafe(48)
SECRET_KEY_FALLBACKS = CONFIG.earlier_keys()
DEBUG = False

# Every host is let through to `project.hosts`, which answers only for the desk and for the
# mastheads in the database, so that adding a site needs no restart.
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "dateline.project.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "dateline.project",
    "dateline.desk",
    "dateline.demo",
    "dateline.web",
    "dateline.discussion",
    "dateline.trending",
    "dateline.mail",
    "dateline.newsletters",
    "dateline.alerts",
    "dateline.fronts",
    "dateline.promos",
    "dateline.jobs",
    "dateline.places",
    "dateline.movements",
    "dateline.polls",
    "dateline.saving",
    "dateline.standing",
    "dateline.stories",
    "dateline.wire",
    "dateline.media",
    "dateline.accounts",
    "dateline.mastheads",
    "dateline.edge",
    "dateline.search",
    "dateline.outbox",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "wagtail.sites",
    "dateline.project.apps.DeskUsers",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",  # allauth lists passkeys with it
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "dateline.project.edge_fill.EdgeFill",
    "dateline.project.health.Readiness",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dateline.project.compression.Compression",
    "dateline.project.headers.SecurityHeaders",
    "dateline.project.nulls.NoNulls",
    "dateline.project.hosts.HostRouting",
    "dateline.project.outage.Outage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "dateline.accounts.middleware.NetworkAuthentication",
    "dateline.accounts.middleware.AccountHost",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dateline.accounts.context.account_page",
                "dateline.demo.context.mailbox",
            ],
        },
    },
]

DATABASES = {"default": databases.settings_for(CONFIG.database)}
CACHES = {"default": {"BACKEND": "dateline.accounts.adapters.limits.LimitsInDatabase"}}
TASKS = {
    "default": {
        "BACKEND": "dateline.project.task_queue.OnceInLine",
        "QUEUES": ["default", "fast", "bulk"],
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "dateline.accounts.adapters.passwords.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of the first edition; replaced at log-in
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "dateline.accounts.adapters.passwords.NotKnownElsewhere"},
]
DATELINE_KNOWN_PASSWORDS = ("dateline.accounts.adapters.passwords.common_passwords",)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
globals().update(accounts.settings_for(CONFIG))

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", "English"), ("ja", "日本語")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
USE_I18N = True
USE_TZ = True
TIME_ZONE = CONFIG.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.data_dir / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = CONFIG.data_dir / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "dateline.project.staticfiles.HashedStatic"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long StreamField has thousands

# Cookies belong to one host: no Domain attribute, ever (DESIGN 5, "One account, many domains").
SECURE = CONFIG.scheme == "https"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "dateline.web.comment_verbs.forged"  # gives back what was typed
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# The reasons stand beside each: TLS ends at the proxy before the front, which also redirects;
# a subdomain is not ours to promise for; frames are ruled by `project.headers`.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W005", "security.W008", "security.W021"]

WAGTAIL_SITE_NAME = "Dateline"
WAGTAILADMIN_LOGIN_URL = "/login/"  # leads to the account host
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # and so do password, mail and second step
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_BASE_URL = CONFIG.origin(CONFIG.desk_host)
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 128_000_000
# Pictures are kept in formats that can carry credit and rights.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "dateline.media.forms.PictureForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "dateline.project.search.plain_backend"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "dateline.stories.widgets.SafeText"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False  # the desk tells nobody outside that it exists
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt", "xlsx"]
TAGGIT_CASE_INSENSITIVE = True

globals().update(mail.settings_for(CONFIG))
DATELINE_MAIL_DKIM_SELECTORS = CONFIG.mail_dkim_selectors

# Where lower rooms hear of higher ones (DESIGN 3).
DATELINE_SUBSCRIPTIONS = "dateline.project.subscriptions.SUBSCRIPTIONS"
DATELINE_READER_DATA = "dateline.project.reader_data.ROOMS"
DATELINE_ALERT_SENDER = "dateline.newsletters.queries.lists.sender_of_alerts"
DATELINE_PREVIEW_RENDERER = "dateline.web.views.preview_story"
DATELINE_PICTURE_GATE = "dateline.stories.picture_gate.picture_standing"
DATELINE_ORIGIN_OF = "dateline.project.hosts.origin_of"
DATELINE_SERVE = "dateline.project.serve.run"
DATELINE_EDGE_FIGURES = "dateline.project.edge_figures.figures_now"
DATELINE_INTAKE_DIR = CONFIG.intake
DATELINE_WIRE_PRIVATE = CONFIG.wire_private == "on"
DATELINE_DATA_DIR = CONFIG.data_dir
DATELINE_EDGE_DIR = CONFIG.edge_dir
DATELINE_EDGE_MB = CONFIG.edge_mb
DATELINE_EDGE_OUTER = CONFIG.edge_outer
DATELINE_SEARCH = CONFIG.search
DATELINE_SEARCH_SYNONYMS = CONFIG.search_synonyms
DATELINE_SEARCH_DIR = CONFIG.data_dir / "search"
DATELINE_NETWORK_DOMAIN = CONFIG.network_domain
DATELINE_DEMO_DOMAIN = CONFIG.demo_domain
DATELINE_SCHEME = CONFIG.scheme
DATELINE_LOGIN_PROVIDERS = CONFIG.login_providers()
DATELINE_COMMENT_HOOK = CONFIG.comment_service()
DATELINE_MAIL_CONNECTIONS = CONFIG.mail_connections
DATELINE_MAIL_RATE = CONFIG.sender_rate
DATELINE_MAIL_RATES = CONFIG.receiver_rates()
DATELINE_MAIL_ESP = CONFIG.esp_route()
DATELINE_MAIL_WARM_UP = CONFIG.warm_up()
DATELINE_MAIL_LOG = CONFIG.mail_log
DATELINE_MAIL_PATIENCE_S = 60.0  # five times as long after a mail's end (RFC 5321, 4.5.3.2)
DATELINE_PUSH_TRUSTED = frozenset(CONFIG.push_trusted.split(",")) - {""}
DATELINE_WEBSUB_HUB = CONFIG.websub_hub
DATELINE_STAFF_MFA = CONFIG.staff_mfa == "on"

LOGGING_CONFIG = None  # `project.logs` sets structlog and logging up, in each process
