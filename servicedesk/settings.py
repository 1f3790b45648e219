"""Settings. Every value a site may differ in comes from the environment; `.env.example` lists them."""

import sqlite3
import sys
from pathlib import Path

import environ

from servicedesk import keys

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    environ.Env.read_env(BASE_DIR / ".env")

# ---- where state lies --------------------------------------------------------------------
DESK_DATA = Path(env("DESK_DATA", default=str(BASE_DIR / "var"))).resolve()
DESK_DATA.mkdir(parents=True, exist_ok=True)
for _folder in ("photos", "papers", "keys", "logs", "static", "archives"):
    (DESK_DATA / _folder).mkdir(exist_ok=True)

# ---- mode and keys -----------------------------------------------------------------------
DESK_PRODUCTION = env.bool("DESK_PRODUCTION", default=False)
DEBUG = env.bool("DESK_DEBUG", default=False)
TESTING = "pytest" in sys.modules
SECRET_KEY = env("DESK_SECRET_KEY", default="") or keys.read_or_make(
    DESK_DATA / "keys" / "secret_key", keys.new_secret
)
# Encrypts phones and document numbers; whoever loses it loses those columns. Back it up apart.
DESK_FIELD_KEY = env("DESK_FIELD_KEY", default="") or keys.read_or_make(
    DESK_DATA / "keys" / "field_key", keys.new_field_key
)
# Keys the blind index by which an encrypted number is found whole.
DESK_DIGEST_KEY = env("DESK_DIGEST_KEY", default="") or keys.read_or_make(
    DESK_DATA / "keys" / "digest_key", keys.new_secret
)
# Seals closed days: who changes the database cannot make the chain of seals fit again without it.
DESK_SEAL_KEY = env("DESK_SEAL_KEY", default="") or keys.read_or_make(
    DESK_DATA / "keys" / "seal_key", keys.new_secret
)
ALLOWED_HOSTS = env.list("DESK_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
# How many proxies of our own stand before the desk: whose X-Forwarded-For entry is believed.
DESK_PROXIES = env.int("DESK_PROXIES", default=0)
CSRF_TRUSTED_ORIGINS = env.list("DESK_ORIGINS", default=[])

# ---- house -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "servicedesk.apps.ServiceDeskConfig",
    "dutylog.apps.DutyLogConfig",
    "lostfound.apps.LostFoundConfig",
    "complaints.apps.ComplaintsConfig",
    "checklists.apps.ChecklistsConfig",
    "surveys.apps.SurveysConfig",
    "ledgers.apps.LedgersConfig",
    "reports.apps.ReportsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_tables2",
    "django_htmx",
    "simple_history",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "servicedesk.middleware.IdleLockMiddleware",
    "servicedesk.middleware.PasswordChangeMiddleware",
    "servicedesk.middleware.BadInputMiddleware",
    "servicedesk.middleware.CorrectionMiddleware",
    "servicedesk.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "servicedesk.urls"
WSGI_APPLICATION = "servicedesk.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "servicedesk.context.desk",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "registers/_table.html"

# ---- database ----------------------------------------------------------------------------
# WAL only where SQLite is free of the fault mended in 3.51.3; checks.py refuses an unsafe pair.
SQLITE_WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)
SQLITE_JOURNAL_MODE = env("DESK_SQLITE_JOURNAL", default="WAL" if SQLITE_WAL_IS_SAFE else "DELETE")
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DESK_DATA / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "servicedesk.db.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            f"PRAGMA journal_mode={SQLITE_JOURNAL_MODE}; PRAGMA synchronous={'OFF' if TESTING else 'FULL'};"
            "PRAGMA busy_timeout=30000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;"
        ),
    }
    # A file, not memory: races between processes are tested on the database that desks really use.
    DATABASES["default"]["TEST"] = {"NAME": str(DESK_DATA / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- long work in the background: `manage.py run_jobs` does it -----------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ---- people ------------------------------------------------------------------------------
AUTH_USER_MODEL = "servicedesk.User"
AUTHENTICATION_BACKENDS = ["servicedesk.authentication.DeskBackend"]
LOGIN_URL = "signin"
LOGIN_REDIRECT_URL = "start"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("staff_no", "name", "phone")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "servicedesk.validators.NotTheDemoPassword"},
]
SESSION_COOKIE_AGE = 60 * 60 * 14  # one long shift
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "servicedesk.views.failures.csrf_failure"

# ---- language and time -------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = ["servicedesk.formats"]

# ---- files -------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DESK_DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DESK_DATA / "photos"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
# The print engine reads the fonts, never a browser: packing them at every start would take half a minute.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
    "jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "br", "woff", "woff2", "ttf", "md", "txt",
)
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# ---- safety ------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # a paper is previewed in a frame of its own page; others may not
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if DESK_PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("DESK_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("DESK_HSTS_SECONDS", default=31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# ---- logs: never a phone, an ID number or a posted form ----------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": DESK_DATA / "logs" / "desk.log",
            "maxBytes": 5_000_000,
            "backupCount": 5,
            "formatter": "line",
            "delay": True,
        },
    },
    "root": {"handlers": ["console"] if TESTING else ["console", "file"], "level": "WARNING"},
    # WeasyPrint's logger belongs to the print engine, which reads from it which characters no font has.
    "loggers": {"fontTools": {"level": "ERROR"}},
}
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
