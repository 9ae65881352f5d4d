// SPDX-License-Identifier: Apache-2.0
// What a purpose means, before the driver agrees: what is told, to whom, how exactly and how long.
import QtQuick
import Controls
import Models
import Style

Pane {
    id: root
    property string purpose
    property string words
    property var facts: []
    signal closed
    tag: "consentTitle"
    note: root.words
    border.width: 2
    border.color: Style.accent

    Facts {
        width: parent.width
        facts: root.facts
    }
    Hint {
        width: parent.width
        text: qsTr("You can take it back at any time. What waits on board is then never sent, and the fleet is asked to delete what it has.")
    }
    Row {
        width: parent.width
        spacing: Style.gap

        PillButton {
            objectName: "consentNot"
            width: (parent.width - Style.gap) / 2
            text: qsTr("Not now")
            onClicked: root.closed()
        }
        PillButton {
            objectName: "consentAgree"
            width: (parent.width - Style.gap) / 2
            primary: true
            text: qsTr("Agree")
            onClicked: {
                Privacy.agree(root.purpose);
                root.closed();
            }
        }
    }
}
