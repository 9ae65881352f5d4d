// SPDX-License-Identifier: Apache-2.0
// The order of the home page's cards, by touch or by keys, while parked. Whoever drives keeps it.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Card {
    id: root
    required property var speaking
    signal done
    readonly property var names: ({
            energy: qsTr("Range and energy"),
            apps: qsTr("Apps"),
            route: qsTr("Next manoeuvre"),
            charging: qsTr("Charging"),
            media: qsTr("Media"),
            cabin: qsTr("Cabin")
        })
    readonly property var glyphs: ({
            energy: "bolt",
            apps: "apps",
            route: "route",
            charging: "plug",
            media: "music",
            cabin: "temperature"
        })
    objectName: "arrangeSheet"

    Label {
        id: title
        anchors.left: parent.left
        anchors.leftMargin: Style.margin
        anchors.right: close.left
        y: 8
        height: Style.target
        text: qsTr("Cards of this page")
        font.pixelSize: Style.primary
        font.weight: Font.DemiBold
    }
    PillButton {
        id: close
        objectName: "arrangeDone"
        anchors.right: parent.right
        anchors.rightMargin: Style.gap
        y: 8
        primary: true
        text: qsTr("Done")
        onClicked: root.done()
    }
    ListView {
        id: list
        anchors.top: title.bottom
        anchors.topMargin: 8
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 8
        width: parent.width
        clip: true
        spacing: 8
        currentIndex: -1 // no highlight to animate
        boundsBehavior: Flickable.StopAtBounds
        model: Home.order

        delegate: Item {
            id: row
            required property int index
            required property string modelData
            readonly property bool quiet: !root.speaking.includes(modelData)
            width: ListView.view.width
            height: Style.target
            Accessible.role: Accessible.ListItem
            Accessible.name: name.text

            Icon {
                id: sign
                anchors.left: parent.left
                anchors.leftMargin: Style.margin
                anchors.verticalCenter: parent.verticalCenter
                name: root.glyphs[row.modelData]
                size: 36
                color: row.quiet ? Style.muted : Style.accent
            }
            Column {
                anchors.left: sign.right
                anchors.leftMargin: 20
                anchors.right: earlier.left
                anchors.rightMargin: 8
                anchors.verticalCenter: parent.verticalCenter

                Label {
                    id: name
                    objectName: "arrange_" + row.index
                    width: parent.width
                    text: root.names[row.modelData]
                    font.weight: Font.DemiBold
                }
                Label {
                    width: parent.width
                    visible: row.quiet
                    text: qsTr("Has nothing to say now and steps back")
                    color: Style.muted
                }
            }
            IconButton {
                id: earlier
                objectName: "arrangeUp_" + row.modelData
                anchors.right: later.left
                anchors.rightMargin: 8
                activeFocusOnTab: true
                enabled: row.index > 0
                text: qsTr("%1: earlier").arg(name.text)
                glyph: "up"
                onClicked: Home.move(row.modelData, -1)
            }
            IconButton {
                id: later
                objectName: "arrangeDown_" + row.modelData
                anchors.right: parent.right
                anchors.rightMargin: Style.gap
                activeFocusOnTab: true
                enabled: row.index < list.count - 1
                text: qsTr("%1: later").arg(name.text)
                glyph: "down"
                onClicked: Home.move(row.modelData, 1)
            }
        }
    }
}
