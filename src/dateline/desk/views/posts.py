"""The screen that says who does which work for which masthead, and names others."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from dateline.desk.domain.posts_words import words_for
from dateline.desk.forms import PostForm
from dateline.desk.queries import posts as asked
from dateline.desk.services import posts
from dateline.desk.services.posts import NobodyThere
from dateline.doors import READ_AND_WRITE, UNFIT, by
from dateline.mastheads import queries as mastheads


@require_http_methods(READ_AND_WRITE)
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Everybody named for work that this person leads; appoint one more, or dismiss one."""
    led = asked.led_by(by(request))
    if not led:
        raise PermissionDenied
    w = words_for(get_language() or "en")
    chosen = request.GET.get("work", "")
    data = request.POST if request.method == "POST" else None
    initial = {name: request.GET.get(name, "") for name in ("email", "work", "masthead")}
    form = PostForm(data, initial=initial, works=led, sites=mastheads.all_mastheads(), words=w)
    if data is not None and form.is_valid():
        try:
            return redirect(_done(request, form))
        except NobodyThere:
            form.add_error("email", w["no_account"])
    shown = [chosen] if chosen in led else led
    context = {
        "w": w, "form": form, "chosen": chosen, "works": [(work, w[work]) for work in led],
        "does": [(w[work], w[f"{work}_does"]) for work in shown],
        "posts": [(post, w[post.work]) for post in asked.posts_of(shown)],
        "breadcrumbs_items": [{"url": "", "label": w["posts"]}],
    }  # fmt: skip
    return render(request, "desk/posts.html", context, status=UNFIT if form.errors else 200)


def _done(request: HttpRequest, form: PostForm) -> str:
    """Do what a valid form says; return where to go on: a dismissal can be taken back there."""
    w, told, site = words_for(get_language() or "en"), form.cleaned_data, form.site
    verb, past = {
        "appoint": (posts.appoint, "appointed"), "dismiss": (posts.dismiss, "dismissed"),
    }[told["verb"]]  # fmt: skip
    name = verb(told["work"], told["email"], masthead_id=site.id if site else None, by=by(request))
    where = site.name if site else w["whole_network"]
    messages.success(request, w[past].format(name=name, work=w[told["work"]], where=where))
    kept: dict[str, Any] = {"work": told["work"]}
    if told["verb"] == "dismiss":
        kept |= {"email": told["email"], "masthead": told["masthead"]}
    return f"{reverse('desk_posts')}?{urlencode(kept)}"
