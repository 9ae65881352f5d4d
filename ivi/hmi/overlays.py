# SPDX-License-Identifier: Apache-2.0
"""Says which bands are wanted, and lets sentences wait that a more important band hides."""

from PySide6.QtCore import QObject, Slot

from ivi.hmi.bands import Band
from ivi.hmi.models import Models


class Overlays(QObject):
    """Looks at everything that wants to lie above the pages."""

    def __init__(self, models: Models, parent: QObject) -> None:
        super().__init__(parent)
        self._models = models
        models.playing.follow(models.media)
        for who in (models.rear_view, models.apps.up, models.playing, models.notice):
            who.changed.connect(self.look)
        models.telephone.rang.connect(self.look)
        self.look()

    @Slot()
    def look(self) -> None:
        """See what is wanted."""
        models, bands = self._models, self._models.bands
        notice = models.apps.up
        up, urgent = bool(notice.property("shown")), bool(notice.property("urgent"))
        bands.want(Band.REAR_VIEW, wanted=models.rear_view.shown.open)
        bands.want(Band.CALL, wanted=models.telephone.speaking)
        bands.want(Band.ALERT, wanted=up and urgent)
        bands.want(Band.MEDIA, wanted=bool(models.playing.property("shown")))
        bands.want(Band.HINT, wanted=bool(models.notice.property("shown")) or (up and not urgent))
        models.notice.hold(held=bands.uppermost not in {None, Band.HINT})
