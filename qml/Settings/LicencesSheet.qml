// SPDX-License-Identifier: Apache-2.0
// What this is, and under which licences its parts come.
import QtQuick
import Controls
import Models

Pane {
    id: root
    signal closed
    tag: "licencesTitle"
    title: qsTr("ivi %1").arg(About.version)
    note: qsTr("Copyright 2026 the ivi authors. Licensed under the Apache License, Version 2.0.")

    Facts {
        width: parent.width
        facts: About.parts
    }
    Hint {
        width: parent.width
        text: qsTr("The full texts are in the folder docs/licenses, and with each package on the car's computer.")
    }
    PillButton {
        objectName: "licencesClose"
        width: parent.width
        text: qsTr("Back")
        onClicked: root.closed()
    }
}
