// SPDX-License-Identifier: Apache-2.0
// Updates: what is here, what it changes, and the driver's word before anything is installed.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Pane {
    id: root
    property bool setup: true
    property bool returning: false
    readonly property bool moving: Updates.state === "fetching" || Updates.state === "installing"
    tag: "updatesTitle"
    title: Updates.known ? Updates.title : qsTr("Updates")
    note: Updates.known ? Updates.text : Processes.cloud.fine ? qsTr("Updates are being asked about.") : Processes.cloud.sentence
    Component.onCompleted: Updates.recall()

    Rectangle {
        width: parent.width
        height: 10
        radius: 5
        color: Style.track
        visible: Updates.state === "fetching"

        Rectangle {
            objectName: "updatesProgress"
            anchors.left: parent.left
            width: Math.max(parent.height, parent.width * Updates.progress)
            height: parent.height
            radius: 5
            color: Style.accent
        }
    }
    Repeater {
        model: Updates.items

        Row {
            id: line
            required property string name
            required property string version
            required property string before
            required property double done
            width: parent?.width ?? 0
            height: 48
            spacing: Style.gap

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: line.done >= 1 ? "check" : "download"
                size: 30
                color: line.done >= 1 ? Style.good : Style.muted
            }
            Label {
                width: line.width * 0.5
                height: line.height
                text: line.name
            }
            Label {
                width: line.width * 0.5 - 62
                height: line.height
                horizontalAlignment: Text.AlignRight
                text: line.before !== "" ? qsTr("%1 instead of %2").arg(line.version).arg(line.before) : line.version
                color: Style.muted
            }
        }
    }
    Label {
        width: parent.width
        visible: text !== ""
        text: Updates.duration
        color: Style.muted
    }
    Row {
        width: parent.width
        spacing: Style.gap
        visible: root.setup && (Updates.ready || Updates.agreed)

        PillButton {
            objectName: "updatesAgree"
            width: parent.width
            primary: Updates.ready
            enabled: !Updates.busy
            text: Updates.ready ? qsTr("Install it when the car is parked") : qsTr("Do not install it")
            onClicked: Updates.agree(Updates.ready)
        }
    }
    WhyNote {
        objectName: "updatesWhy"
        width: parent.width
        visible: root.setup && Updates.ready
        topic: "update"
        text: qsTr("When is it installed?")
    }
    WhyNote {
        objectName: "whenParked"
        width: parent.width
        visible: !root.setup && Updates.ready
        lines: 2
        topic: "update"
        text: qsTr("You can agree to it when parked. Nothing is installed before.")
    }
    Row {
        width: parent.width
        spacing: Style.gap
        visible: root.setup && Updates.known && Updates.state !== "off" && !root.moving

        PillButton {
            objectName: "updatesCheck"
            width: back.visible ? (parent.width - Style.gap) / 2 : parent.width
            enabled: !Updates.busy
            text: Updates.busy ? qsTr("Asking…") : qsTr("Look for updates")
            onClicked: Updates.check()
        }
        PillButton {
            id: back
            objectName: "updatesBack"
            width: (parent.width - Style.gap) / 2
            visible: Updates.returnable
            enabled: !Updates.busy
            text: root.returning ? qsTr("Yes, go back") : qsTr("Go back to what was before")
            onClicked: {
                if (root.returning)
                    Updates.back();
                root.returning = !root.returning;
            }
        }
    }
    Facts {
        width: parent.width
        visible: Updates.known && Updates.state !== "off"
        facts: [
            {
                "label": qsTr("Last asked"),
                "said": Updates.checked !== "" ? Updates.checked : qsTr("Never")
            },
            {
                "label": qsTr("Installed"),
                "said": Updates.software !== "" ? Updates.software : "—"
            }
        ]
    }
    Hint {
        width: parent.width
        visible: Updates.damage !== ""
        glyph: "warning"
        ink: Style.warn
        text: Updates.damage
    }
    Label {
        width: parent.width
        visible: Updates.lines.count > 0
        topPadding: 8
        text: qsTr("What was done")
        color: Style.muted
    }
    Repeater {
        model: Updates.lines

        LedgerRow {
            width: parent?.width ?? 0
        }
    }
}
