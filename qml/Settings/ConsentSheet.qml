// SPDX-License-Identifier: Apache-2.0
// What a purpose means, before the driver agrees: what is told, to whom, how exactly and how long.
import QtQuick
import Controls
import Models
import Style

Card {
    id: root
    property string purpose
    property string title
    property string words
    property var facts: []
    signal closed
    border.width: 2
    border.color: Style.accent

    Pane {
        anchors.fill: parent
        anchors.margins: 4
        anchors.bottomMargin: answers.height + Style.gap
        color: "transparent"
        tag: "consentTitle"
        title: root.title
        note: root.words

        Facts {
            width: parent.width
            facts: root.facts
        }
        Hint {
            width: parent.width
            text: qsTr("You can take it back at any time. What waits on board is then never sent, and the fleet is asked to delete what it has.")
        }
    }
    Row {
        id: answers
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.gap
        x: Style.from(Style.margin, width, parent?.width ?? 0)
        width: parent.width - 2 * Style.margin
        spacing: Style.gap

        PillButton {
            objectName: "consentNot"
            width: (answers.width - Style.gap) / 2
            text: qsTr("Not now")
            onClicked: root.closed()
        }
        PillButton {
            objectName: "consentAgree"
            width: (answers.width - Style.gap) / 2
            primary: true
            text: qsTr("Agree")
            onClicked: {
                Privacy.agree(root.purpose);
                root.closed();
            }
        }
    }
}
