"""Addresses of mail on the account host."""

from django.urls import path

from dateline.mail import views

app_name = "mail"
urlpatterns = [path("events/<slug:esp>/", views.events, name="events")]
