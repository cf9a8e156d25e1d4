"""Plans: who builds and who keeps the software running. An option is a plan of one; the others are mixes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hiring.model.draws import Numbers
from hiring.model.evidence import Option, Snapshot
from hiring.model.needs import ProjectNeeds
from hiring.model.schedule import paid_heads

ALONE, HANDOVER, TOGETHER, BRIDGE = KINDS = ("alone", "handover", "together", "bridge")
HIRED_SHARES = (0.25, 0.5, 0.75)  # of a team that builds together
LEAST_TEAM_TO_SHARE = 1.5  # developers: a smaller build is not split
LEAST_TEAM_TO_BRIDGE = 1  # developers
LONG_BUILD_MONTHS = 9  # a build from which hires take over without upkeep too


@dataclass(frozen=True)
class Plan:
    """Who builds and who keeps it running, by option, and how many of each build.

    `alone`: one option does both. `handover`: the builder leaves after the release, once the keeper is there.
    `together`: outside staff and hires build together and the hires keep it. `bridge`: outside staff begin and leave
    once the hires are up to speed.
    """

    kind: str
    builder: Option
    keeper: Option
    builders: Numbers
    keepers_who_build: float = 0.0

    @property
    def id(self) -> str:
        """The option's id, or one like `together:agency+in_house:0.75`, where 0.75 developers are hired."""
        if self.kind == ALONE:
            return self.builder.id
        hired = f":{self.keepers_who_build:g}" if self.kind == TOGETHER else ""
        return f"{self.kind}:{self.builder.id}+{self.keeper.id}{hired}"

    @property
    def options(self) -> tuple[Option, ...]:
        return (self.builder,) if self.kind == ALONE else (self.builder, self.keeper)


def options(needs: ProjectNeeds, evidence: Snapshot) -> tuple[Plan, ...]:
    """Each option alone."""
    return tuple(Plan(ALONE, option, option, needs.developers) for option in evidence.options)


def mixes(needs: ProjectNeeds, evidence: Snapshot) -> tuple[Plan, ...]:
    """Every mix that is possible; none where the needs turn mixes off."""
    return tuple(_mixes(needs, evidence)) if needs.mixes else ()


def _mixes(needs: ProjectNeeds, evidence: Snapshot) -> Iterator[Plan]:
    has_upkeep = needs.upkeep_developers > 0 and needs.upkeep_months > 0
    team = needs.developers
    for outside in (option for option in evidence.options if option.outside):
        for hires in (option for option in evidence.options if not option.outside):
            if team >= LEAST_TEAM_TO_SHARE:
                post = evidence.central(f"smallest_post.{hires.id}")
                for hired in dict.fromkeys(float(paid_heads(share * team, post)) for share in HIRED_SHARES):
                    if team - hired >= evidence.central(f"smallest_post.{outside.id}"):
                        yield Plan(TOGETHER, outside, hires, team - hired, hired)
            if team >= LEAST_TEAM_TO_BRIDGE and (has_upkeep or needs.build_months >= LONG_BUILD_MONTHS):
                yield Plan(BRIDGE, outside, hires, team, team)
    if has_upkeep:
        for builder in evidence.options:
            for keeper in evidence.options:
                if builder is not keeper:
                    yield Plan(HANDOVER, builder, keeper, team)
