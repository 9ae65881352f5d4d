// SPDX-License-Identifier: Apache-2.0
// What may leave the car: a line for each purpose. Agreeing shows the details first; taking back is one touch.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Pane {
    id: root
    property bool setup: true
    signal asking(purpose: string, title: string, text: string, facts: var)
    tag: "privacyTitle"
    title: qsTr("Privacy")
    note: Privacy.known ? qsTr("Nothing but receipts leaves the car without your agreement. You can take it back at any time.") : ""
    Component.onCompleted: Privacy.look(true)
    Component.onDestruction: Privacy.look(false)

    Hint {
        width: parent.width
        visible: !Privacy.known
        tag: "privacyProblem"
        glyph: "warning"
        ink: Style.warn
        text: Privacy.problem !== "" ? Privacy.problem : qsTr("The ledger of consents is being read.")
    }
    Repeater {
        model: Privacy.purposes

        SwitchRow {
            id: line
            required property var model
            required property string purpose
            required property string words
            required property bool asked
            required property string standing
            required property var facts
            objectName: "purpose_" + purpose
            x: Style.from(-Style.gap, width, parent?.width ?? 0)
            width: (parent?.width ?? 0) + 2 * Style.gap
            on: model.on === true
            detail: line.words + "\n" + line.standing
            choice: line.asked && (root.setup || line.on)
            onClicked: line.on ? Privacy.revoke(line.purpose) : root.asking(line.purpose, line.title, line.words, line.facts)
        }
    }
    WhyNote {
        objectName: "privacyMore"
        width: parent.width
        visible: Privacy.purposes.hidden > 0
        topic: "rows"
        text: qsTr("%1 more when parked").arg(Privacy.purposes.hidden)
    }
    WhyNote {
        objectName: "privacyParked"
        width: parent.width
        visible: !root.setup && Privacy.known
        lines: 2
        topic: "setup"
        text: qsTr("You can agree when parked, and take back at any time.")
    }
    PillButton {
        objectName: "privacyVerify"
        width: parent.width
        visible: root.setup && Privacy.known
        text: qsTr("Check the ledger's %1 lines").arg(Privacy.entries)
        onClicked: Privacy.verify()
    }
    Hint {
        width: parent.width
        visible: root.setup && Privacy.known
        text: qsTr("A copy of all that was recorded and sent is yours: on the car's computer, the command “ivi privacy export” writes it into a folder.")
    }
}
