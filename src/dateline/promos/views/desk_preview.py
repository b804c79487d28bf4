"""The desk's look at a campaign as readers will see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.promos.domain.words import words_for
from dateline.promos.queries import campaigns, manifest, people
from dateline.promos.views.desk_access import by, managers_only, own_campaign


@require_safe
@managers_only
def preview(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """A campaign in any state, in the look of one of its mastheads; nothing of it is counted."""
    row = campaigns.rows().get(pk=own_campaign(request, campaign_id).pk)
    on = {one.pk for one in row.mastheads.all()}
    sites = [site for site in people.sites_of(by(request)) if site.id in on]
    asked = request.GET.get("masthead", "")
    site = next((one for one in sites if one.slug == asked), sites[0])
    shown = [
        {
            "ad": manifest.ad_of(one, site, at=clock.now()),
            "kind": one.kind,
            "slots": [slot.slot for slot in one.slots.all()],
            "target": one.target_url,
        }
        for one in row.creatives.all()
    ]
    context = {
        "row": row, "site": site, "sites": sites, "words": words_for(site.language),
        "label": manifest.label_of(row, site), "shown": shown,
    }  # fmt: skip
    return render(request, "promos/desk/preview.html", context)
