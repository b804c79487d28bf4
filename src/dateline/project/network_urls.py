"""Addresses of the network's own host: one page with a link to each masthead."""

from django.urls import path

from dateline.web import views

urlpatterns = [path("", views.network_home, name="network_home")]
