"""The providers as allauth knows them: Facebook, and whoever speaks OpenID Connect.

allauth finds this module by its name. Its own providers fix their addresses, believe an identity
without its signature where it came from the provider directly, let the address of a link choose
scopes, and keep all that they are told.
"""

from abc import abstractmethod
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.http import HttpRequest

from dateline import clock
from dateline.accounts import queries
from dateline.accounts.adapters import fetching, tokens
from dateline.accounts.domain.providers import (
    APPLE,
    FACEBOOK,
    Attempt,
    LoginProvider,
    is_true,
    kept_of,
    origin_of,
    text_of,
)


class ProviderClient(OAuth2Adapter):
    """How one provider is spoken to, on one request."""

    def __init__(self, request: HttpRequest, key: str) -> None:
        super().__init__(request)
        self.provider_id = key
        self.at = queries.provider(key)
        self.nonce = ""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """The one address on the account host, whatever the request calls itself."""
        del request, app
        return f"{queries.account_origin()}/with/{self.at.key}/back/"

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: Any = None
    ) -> Any:
        """Swap the code for tokens; what began in another session has another verifier."""
        self.nonce = Attempt(str(pkce_code_verifier)).nonce
        data = super().get_access_token_data(request, app, client, pkce_code_verifier)
        if not isinstance(data.get("access_token"), str):
            raise OAuth2Error("There is no access token in the answer.")
        return data

    def parse_token(self, data: Any) -> Any:
        """The access token alone; none is stored, and none is renewed."""
        return SocialToken(token=data["access_token"])

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **given: Any) -> Any:
        """Who it is, as the provider tells it."""
        del app
        told = self.told(token.token, given["response"])
        if not text_of(told, "id"):
            raise OAuth2Error("The answer does not say who it is.")
        return self.get_provider().sociallogin_from_response(request, told)

    @abstractmethod
    def told(self, token: str, response: dict[str, Any]) -> dict[str, Any]:
        """`id`, `email`, `email_verified` and `name`, as far as they are known."""


class FacebookClient(ProviderClient):
    """Facebook's Graph; allauth's own asks with GET, which writes the secret into logs."""

    @property
    def authorize_url(self) -> str:
        """Where browsers are sent."""
        return self.at.authorize_url

    @property
    def access_token_url(self) -> str:
        """Where a code is swapped."""
        return f"{self.at.graph_url}/oauth/access_token"

    def told(self, token: str, response: dict[str, Any]) -> dict[str, Any]:
        """What `/me` tells. Whether the address is confirmed, Facebook does not say."""
        del response
        proof = tokens.app_proof(self.at, token)
        asked = {"fields": "id,name,email", "appsecret_proof": proof}
        # The token goes in a header: an address may be written into a log when nobody answers.
        told = fetching.ask(f"{self.at.graph_url}/me", params=asked, bearer=token)
        return told | {"email_verified": False}


class OpenIDClient(ProviderClient):
    """OpenID Connect's code flow: discovery, PKCE, a nonce, and a signature that is checked."""

    def __init__(self, request: HttpRequest, key: str) -> None:
        super().__init__(request, key)
        try:
            self.known = tokens.discovered(self.at)
        except tokens.TokenRefused as error:
            raise OAuth2Error(str(error)) from error

    @property
    def authorize_url(self) -> str:
        """Where browsers are sent; only to an origin that is set up."""
        url = self._named("authorization_endpoint")
        if origin_of(url) not in self.at.browsed:
            raise OAuth2Error(f"{url} is at no origin that is set up for {self.at.label}.")
        return url

    @property
    def access_token_url(self) -> str:
        """Where a code is swapped."""
        return self._named("token_endpoint")

    @property
    def basic_auth(self) -> bool:
        """Whether the secret goes in a header: only where the provider takes it nowhere else."""
        known = self.known.get("token_endpoint_auth_methods_supported", [])
        return "client_secret_post" not in known and "client_secret_basic" in known

    def get_client(self, request: HttpRequest, app: Any) -> Any:
        """Allauth's client; Apple's secret is a JWT that is made for the occasion."""
        client = super().get_client(request, app)
        if self.at.key == APPLE:
            client.consumer_secret = tokens.apple_secret(self.at, at=clock.now())
        return client

    def told(self, token: str, response: dict[str, Any]) -> dict[str, Any]:
        """The claims of the identity; an address that is not among them is asked for."""
        try:
            claims = tokens.claims_of(
                response.get("id_token"), provider=self.at, keys_url=self._named("jwks_uri")
            )
        except tokens.TokenRefused as error:
            raise OAuth2Error(str(error)) from error
        if claims.get("nonce") != self.nonce or "exp" not in claims:
            raise OAuth2Error("The identity was made for another way here.")
        if "email" not in claims and "userinfo_endpoint" in self.known:
            more = fetching.ask(self._named("userinfo_endpoint"), bearer=token)
            if more.get("sub") == claims.get("sub"):  # OpenID Connect Core 5.3.2
                claims = more | claims
        return claims | {"id": claims.get("sub")}

    def _named(self, name: str) -> str:
        return str(self.known.get(name, ""))


class Vouched(OAuth2Provider):
    """What both kinds share: what goes with the browser, what is taken from an answer, and kept."""

    account_class = ProviderAccount
    client_class: type[ProviderClient]

    def __init__(self, request: HttpRequest, app: Any = None) -> None:
        super().__init__(request, app)
        self.name = app.name

    @property
    def at(self) -> LoginProvider:
        """The settings of it."""
        return queries.provider(self.app.provider_id)

    def serialize(self) -> dict[str, str]:
        """How allauth finds it again after a second step."""
        return {"id": self.at.key, "app.client_id": self.at.client_id}

    def get_oauth2_adapter(self, request: HttpRequest) -> ProviderClient:
        """How to speak to it."""
        return self.client_class(request, self.at.key)

    def get_pkce_params(self) -> dict[str, str]:
        """PKCE always, and the nonce that follows from its verifier."""
        attempt = Attempt.begin()
        found = {
            "code_verifier": attempt.verifier,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
            "nonce": attempt.nonce,
        }
        if self.at.key == APPLE:  # which asks for it where an address is asked for
            found["response_mode"] = "form_post"
        return found

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Who it is there."""
        return text_of(data, "id")

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, str]:
        """Two things, of all that was told; no token among them."""
        return kept_of(data)

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, str]:
        """What allauth wants to know."""
        return {"email": text_of(data, "email")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """The address, confirmed only where the provider says so itself."""
        email = text_of(data, "email")
        confirmed = is_true(data.get("email_verified"))
        return [EmailAddress(email=email, verified=confirmed, primary=True)] if email else []


class Facebook(Vouched):
    """Facebook Login."""

    id = FACEBOOK
    name = "Facebook"
    client_class = FacebookClient

    def get_default_scope(self) -> list[str]:
        """The address; the name comes by itself."""
        return ["email"]


class OpenID(Vouched):
    """Google, Apple, and the installation's own provider."""

    id = "openid_connect"
    name = "OpenID Connect"
    client_class = OpenIDClient

    def get_default_scope(self) -> list[str]:
        """Apple tells a name only in the browser's hands, unsigned: it is not asked for."""
        return ["openid", "email"] if self.at.key == APPLE else ["openid", "email", "profile"]


provider_classes = [Facebook, OpenID]
