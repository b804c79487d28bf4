"""How people sign in: allauth's settings, all on the side of caution."""

from typing import Any

from dateline.project.config import Config

MINUTE = 60


def settings_for(config: Config) -> dict[str, Any]:
    """Return allauth's ACCOUNT_*, SOCIALACCOUNT_* and MFA_* settings.

    Rate limits are allauth's own (log-in 30 a minute and address, failures 10 a minute and address
    and 5 in five minutes for each account, registration 20 a minute), counted in the database.
    """
    return {
        "ACCOUNT_ADAPTER": "dateline.accounts.signing_in.AccountAdapter",
        "ACCOUNT_USER_DISPLAY": "dateline.accounts.signing_in.display",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",  # or a taken address could be found out
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
        "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND": True,
        "ACCOUNT_LOGIN_BY_CODE_ENABLED": True,
        "ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND": True,
        "ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED": True,
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT": 10 * MINUTE,
        "ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT": 10 * MINUTE,
        "ACCOUNT_LOGIN_ON_PASSWORD_RESET": True,
        "ACCOUNT_CHANGE_EMAIL": True,  # the old one stays until the new one is confirmed
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": config.scheme,
        # Beside allauth's own: the fifth failure of an account tells its owner, once a day.
        "ACCOUNT_RATE_LIMITS": {"failures_in_a_row": "4/300s/key", "failures_told": "1/d/key"},
        "ACCOUNT_LOGOUT_REDIRECT_URL": "/login/",
        "SOCIALACCOUNT_ADAPTER": "dateline.accounts.social.SocialAdapter",
        "MFA_ADAPTER": "dateline.accounts.signing_in.SecondStepAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes", "webauthn"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_PASSKEY_SIGNUP_ENABLED": True,
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_TOTP_ISSUER": config.network_domain,
        # Browsers take *.localhost for a secure place; elsewhere they offer no passkey on http.
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": config.scheme == "http",
    }
