// SPDX-License-Identifier: Apache-2.0
// How far what plays is. Where the player can, a touch goes to that place.
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    required property string app
    required property AppPage page
    required property real duration
    property bool seekable: false
    readonly property bool live: duration < 0
    implicitHeight: 44

    function written(seconds: real): string {
        const whole = Math.floor(seconds);
        const rest = String(whole % 60).padStart(2, "0");
        const minutes = Math.floor(whole / 60);
        return minutes < 60 ? minutes + ":" + rest : Math.floor(minutes / 60) + ":" + String(minutes % 60).padStart(2, "0") + ":" + rest;
    }

    Bar {
        visible: !root.live
        y: 4
        width: parent.width
        height: 8
        share: root.duration > 0 ? root.page.position / root.duration : 0
    }
    Label {
        objectName: "appElapsed_" + root.app
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        height: 30
        text: root.live ? qsTr("Live") : root.written(root.page.position)
        color: root.live ? Style.accent : Style.muted
    }
    Label {
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        height: 30
        visible: !root.live
        text: root.written(root.duration)
        color: Style.muted
    }
    MouseArea {
        objectName: "appSeek_" + root.app
        anchors.centerIn: parent
        width: parent.width
        height: Style.target
        enabled: root.seekable && !root.live && Driving.state === "parked"
        onClicked: event => root.page.transport("seek", root.duration * event.x / width)
    }
}
