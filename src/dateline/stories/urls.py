"""Addresses of the desk's story screens, under /admin/stories/."""

from django.urls import path

from dateline.stories import kill_views, legal_views, live_views, views

app_name = "stories_desk"
urlpatterns = [
    path("<int:story_id>/kill/", views.KillView.as_view(), name="kill"),
    path("<int:story_id>/reinstate/", views.reinstate, name="reinstate"),
    path("<int:story_id>/withhold/", legal_views.WithholdView.as_view(), name="withhold"),
    path("<int:story_id>/demand/", legal_views.DemandView.as_view(), name="demand"),
    path("<int:story_id>/lift-hold/", views.lift_hold, name="lift_hold"),
    path("<int:story_id>/use/<int:item_id>/", views.use_version, name="use_version"),
    path("<int:story_id>/live/", live_views.LiveView.as_view(), name="live"),
    path("<int:story_id>/live/coverage/", live_views.coverage, name="live_coverage"),
    path("<int:story_id>/live/<int:entry_id>/", live_views.EntryView.as_view(), name="live_entry"),
    path("<int:story_id>/live/<int:entry_id>/pin/", live_views.pin, name="live_pin"),
    path("<int:story_id>/live/<int:entry_id>/withdraw/", live_views.withdraw, name="live_withdraw"),
    path("kills/<int:report_id>/", views.kill_report, name="kill_report"),
    path("alarms/<int:alarm_id>/decide/", kill_views.Decide.as_view(), name="decide"),
    path("alarms/<int:alarm_id>/acknowledge/", views.acknowledge, name="acknowledge"),
]
