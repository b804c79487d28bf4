"""Adding people and groups."""

import pytest
from django.contrib.auth import authenticate
from wagtail.images import get_image_model
from wagtail.models import GroupCollectionPermission
from wagtail.permissions import policy_registry

from dateline.accounts import queries
from dateline.accounts.models import User
from dateline.accounts.services.people import AccountRefused, create_person, save_group

pytestmark = pytest.mark.django_db


def test_a_person_can_sign_in_and_is_no_staff():
    person = create_person(
        email="Ana@Example.test", password="secret", first_name="Ana", last_name="Ito"
    )

    assert authenticate(username="ana@example.TEST", password="secret") == person
    assert (person.get_full_name(), person.is_staff, person.is_superuser) == (
        "Ana Ito",
        False,
        False,
    )


def test_staff_belong_to_groups_and_an_administrator_is_staff():
    group = save_group("Readers of proofs", permissions=["stories.view_story"])

    editor = create_person(
        email="ed@example.test", password="x", groups=["Readers of proofs"], staff=True
    )
    admin = create_person(email="ad@example.test", password="x", superuser=True)

    assert list(editor.groups.all()) == [group]
    assert editor.has_perm("stories.view_story")
    assert not editor.has_perm("stories.change_story")
    assert (admin.is_staff, admin.is_superuser) == (True, True)


def test_the_same_address_is_the_same_person_and_stays_as_it_is():
    first = create_person(email="ana@example.test", password="secret", first_name="Ana")
    again = create_person(email="ANA@example.test", password="other", first_name="Eve", staff=True)

    assert again == first
    assert (again.first_name, again.is_staff) == ("Ana", False)
    assert authenticate(username="ana@example.test", password="other") is None


def test_without_a_password_nobody_can_sign_in():
    assert not create_person(email="ana@example.test", password=None).has_usable_password()


@pytest.mark.parametrize("email", ["", "ana", "@example.test", "ana@", "a@b@c"])
def test_what_is_no_address_is_refused(email):
    with pytest.raises(AccountRefused, match="is no e-mail address"):
        create_person(email=email, password="x")


def test_a_group_that_does_not_exist_is_named():
    with pytest.raises(AccountRefused, match="There is no group Cooks"):
        create_person(email="ana@example.test", password="x", groups=["Cooks"])

    assert not User.objects.exists()


def test_a_group_gets_what_is_missing_and_keeps_the_rest():
    save_group("Desk", permissions=["stories.view_story"], on_pictures=["choose_image"])
    group = save_group("Desk", permissions=["stories.add_story"], on_pictures=["choose_image"])

    codes = set(group.permissions.values_list("codename", flat=True))
    assert codes == {"view_story", "add_story"}
    assert GroupCollectionPermission.objects.filter(group=group).count() == 1


def test_a_permission_that_does_not_exist_is_named():
    with pytest.raises(AccountRefused, match=r"There is no permission stories\.eat_story"):
        save_group("Desk", permissions=["stories.eat_story"])


def test_people_are_found_by_address_in_any_case():
    person = create_person(email="ana@example.test", password="x")

    assert queries.by_email(" ANA@example.test ") == person
    assert queries.by_email("eve@example.test") is None


def test_a_group_may_work_on_pictures_as_the_desk_asks_it():
    save_group("Photo", permissions=[], on_pictures=["add_image", "choose_image"])
    person = create_person(email="ana@example.test", password="x", groups=["Photo"])
    other = create_person(email="eve@example.test", password="x")

    policy = policy_registry.get_by_type(get_image_model())

    assert policy.user_has_permission(person, "add")
    assert policy.user_has_permission(person, "choose")
    assert not policy.user_has_permission(other, "choose")
