// SPDX-License-Identifier: Apache-2.0
// One app over the whole page, with the way back.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style
import Templates

Item {
    id: root
    required property string app
    signal closed

    Repeater {
        model: Apps

        AppCard {
            id: card
            required property int index
            readonly property bool wanted: app === root.app
            anchors.fill: parent
            anchors.leftMargin: Style.target + 12
            visible: wanted
            onWantedChanged: if (wanted)
                Apps.look(index)
            Component.onCompleted: if (wanted)
                Apps.look(index)
        }
    }
    IconButton {
        objectName: "appBack"
        anchors.left: parent.left
        text: qsTr("Back to the apps")
        glyph: "back"
        onClicked: root.closed()
    }
    Component.onDestruction: Apps.look(-1)
}
