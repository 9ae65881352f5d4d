# SPDX-License-Identifier: Apache-2.0
"""What this program is, and under which licences its parts come."""

from PySide6.QtCore import Property, QCoreApplication, QObject, qVersion
from PySide6.QtQml import QmlElement, QmlSingleton

import ivi

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate


@QmlElement
@QmlSingleton
class About(QObject):
    """Facts that do not change while the screen runs."""

    @Property(str, constant=True)
    def version(self) -> str:
        """Of this program."""
        return ivi.__version__

    @Property(list, constant=True)
    def parts(self) -> list[dict[str, str]]:
        """Parts that come with it or that it stands on: label, said (the licence)."""
        return [
            {"label": f"Qt {qVersion()}", "said": "LGPL 3.0"},
            {"label": "Inter", "said": "SIL Open Font License 1.1"},
            {"label": "CMU Pronouncing Dictionary", "said": "BSD 2-Clause"},
            {"label": "COVESA VSS", "said": translate("About", "names, types and units of signals")},
        ]
