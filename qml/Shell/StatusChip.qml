// SPDX-License-Identifier: Apache-2.0
// One part of the car's computer: quiet while all is well, a mark and a colour when something is off.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Models
import Style

T.AbstractButton {
    id: control
    required property Connection connection
    readonly property var glyphs: ({
            databroker: "car",
            apphost: "apps",
            cloud: "cloud",
            voice: "speech"
        })
    readonly property bool off: control.connection.state === "away" || control.connection.state === "problem"
    readonly property color ink: control.connection.fine ? Style.muted : control.connection.state === "away" ? Style.bad : Style.warn
    objectName: "chip_" + control.connection.process
    text: control.connection.sentence
    implicitWidth: Style.target
    implicitHeight: Style.target
    Accessible.role: Accessible.Button
    Accessible.name: control.connection.title + ": " + control.text

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: control.glyphs[control.connection.process]
            size: 32
            color: control.ink
        }
        Rectangle {
            visible: control.off
            x: parent.width / 2 + 10
            y: parent.height / 2 - 24
            width: 14
            height: 14
            radius: 7
            color: control.ink
            border.width: 2
            border.color: Style.ground
        }
    }
    background: Rectangle {
        radius: Style.buttonRadius
        color: control.down ? Style.pressed : "transparent"
    }
}
