"""Settings of the desk: changed by a manager, felt at once."""

from staff.rules.actor import Role
from tests.app.visitors import visiting_as
from tests.world import a_case


async def test_a_change_is_felt_at_once(database: None) -> None:
    async with visiting_as(Role.MANAGER) as visitor:
        form = {"desk_name": "大正区の窓口", "case_id_pattern": "T@-##", "idle_minutes": "３０"}
        assert (await visitor.send("/settings", form, at="/settings")).status_code == 303
        assert "大正区の窓口" in (await visitor.see("/settings")).text
        refused = await visitor.send("/counter", {"case_id": "R8-0412"}, at="/counter")
        assert refused.status_code == 422
        taken = await visitor.send("/counter", {"case_id": "ta-12"}, at="/counter")
        assert taken.status_code == 303
    assert await a_case("TB-34")


async def test_a_shape_that_could_hold_a_name_is_refused(database: None) -> None:
    async with visiting_as(Role.MANAGER) as visitor:
        form = {"desk_name": "", "case_id_pattern": "山田##", "idle_minutes": "0"}
        answer = await visitor.send("/settings", form, at="/settings")
    assert answer.status_code == 422
    assert answer.text.count('class="error"') == 3
    assert "山田##" in answer.text
