"""Options of a run, one frozen dataclass for each station that has any."""

from dataclasses import dataclass, field

from insight.taxonomy import Language


@dataclass(frozen=True)
class ScreenSettings:
    """Which reviews are set aside. Each flag turns one reason on.

    Attributes
    ----------
    spam : bool
        Advertisements, loan offers, referral codes.
    filler : bool
        Texts that judge nothing: mash, coin notes, lyrics, pasted text.
    padded : bool
        Reviews that judge something but were stretched with mash or repetition, as coin farmers do.
    copies, near_copies : bool
        All but the first of a group of equal or nearly equal reviews.
    foreign : bool
        Other languages.
    """

    spam: bool = True
    filler: bool = True
    padded: bool = True
    copies: bool = False
    near_copies: bool = False
    foreign: bool = True


@dataclass(frozen=True)
class ClassifySettings:
    """When the model abstains: a mention with a probability below a threshold is marked `unsure`."""

    min_sentiment: float = 0.5
    min_touchpoint: float = 0.35


@dataclass(frozen=True)
class ThemeSettings:
    """How mentions are grouped."""

    min_size: int = 5
    max_themes: int = 12
    seed: int = 0


@dataclass(frozen=True)
class ReportSettings:
    """What the aggregates and the page show."""

    language: Language = "vi"
    min_n: int = 10
    segments: tuple[str, ...] = ()


@dataclass(frozen=True)
class EngineSettings:
    """How the row-wise stations are spread."""

    workers: int = 0
    batch_rows: int = 5_000
    engine: str = "local"
    scheduler: str = ""


@dataclass(frozen=True)
class Settings:
    """All options of a run. `insight.toml` has one table for each field."""

    columns: dict[str, str] = field(default_factory=dict)
    screen: ScreenSettings = ScreenSettings()
    classify: ClassifySettings = ClassifySettings()
    themes: ThemeSettings = ThemeSettings()
    report: ReportSettings = ReportSettings()
    engine: EngineSettings = EngineSettings()
