// SPDX-License-Identifier: Apache-2.0
// Positions true to scale, with rings of distance. The car's own drawing: nothing of it comes from an app but places.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Rectangle {
    id: root
    LayoutMirroring.enabled: false // it looks the same in every language
    LayoutMirroring.childrenInherit: true
    required property string app
    required property var content
    signal chosen(target: string)
    readonly property var markers: content.markers ?? []
    readonly property bool small: height < 220
    readonly property real padding: small ? 28 : 44
    // Pixels of the world's width: by the app's zoom, or so that all places are in view.
    readonly property real fitted: Math.min((width - 2 * padding) / Math.max(content.wide ?? 0, 1e-6), (height - 2 * padding) / Math.max(content.high ?? 0, 1e-6))
    readonly property real world: content.zoom >= 0 ? 256 * Math.pow(2, content.zoom) : Math.min(256 * Math.pow(2, 16), fitted)
    readonly property real metre: world / Math.max(1, content.metres ?? 1) // pixels
    readonly property real ring: Units.distance !== "" ? Units.rounded(Math.min(width, height) / 3.4 / metre) : 0 // metres
    color: Style.raised
    radius: 20
    clip: true

    // One handler for all: the nearest place is meant, which matters where they lie close together.
    TapHandler {
        onTapped: point => root.choose(point.position.x, point.position.y)
    }
    function choose(x: real, y: real): void {
        let best = Style.target / 2;
        let key = "";
        for (const marker of root.markers) {
            const away = Math.hypot(root.width / 2 + marker.east * root.world - x, root.height / 2 + marker.south * root.world - y);
            if (away < best) {
                best = away;
                key = marker.key;
            }
        }
        if (key !== "")
            root.chosen(key);
    }

    Repeater {
        model: 3 // each is dear to draw in software

        Rectangle {
            required property int index
            readonly property real reach: (index + 1) * root.ring * root.metre
            visible: reach < Math.hypot(root.width, root.height) / 2
            anchors.centerIn: parent
            width: 2 * reach
            height: 2 * reach
            radius: reach
            color: "transparent"
            border.width: 2
            border.color: Style.pressed
        }
    }
    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: 2
        height: parent.height
        color: Style.pressed
    }
    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        height: 2
        color: Style.pressed
    }
    Repeater {
        model: root.markers

        Item {
            id: marker
            required property var modelData
            readonly property bool chosen: modelData.chosen
            readonly property string label: modelData.label
            readonly property real size: (chosen ? 54 : 46) - (root.small ? 6 : 0)
            x: root.width / 2 + modelData.east * root.world - width / 2
            y: root.height / 2 + modelData.south * root.world - height / 2
            z: chosen ? 1 : 0
            width: Style.target
            height: Style.target
            visible: x > -20 && y > -20 && x < root.width - 56 && y < root.height - 56
            objectName: "appMarker_" + root.app + "_" + modelData.key
            Accessible.role: Accessible.Button
            Accessible.name: modelData.title || label
            Accessible.onPressAction: root.chosen(modelData.key)

            Rectangle {
                anchors.centerIn: parent
                width: marker.label === "" ? marker.size : Math.max(marker.size, name.implicitWidth + 18)
                height: marker.size
                radius: marker.size / 2
                color: marker.chosen ? Style.accent : Style.surface
                border.width: 3
                border.color: Style.accent

                Label {
                    id: name
                    anchors.centerIn: parent
                    text: marker.label
                    font.weight: Font.DemiBold
                    color: marker.chosen ? Style.overAccent : Style.text
                }
                Loader {
                    active: marker.label === ""
                    anchors.centerIn: parent
                    sourceComponent: Icon {
                        name: marker.modelData.glyph
                        size: 26
                        color: marker.chosen ? Style.overAccent : Style.accent
                    }
                }
            }
        }
    }
    Label {
        anchors.right: parent.right
        anchors.rightMargin: 16
        y: 8
        text: qsTr("N")
        font.weight: Font.DemiBold
        color: Style.muted
    }
    Item {
        visible: root.markers.length > 0
        x: 16
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 12
        width: root.ring * root.metre
        height: 34

        Label {
            anchors.bottom: rule.top
            text: Units.distance !== "" ? Units.way(root.ring) : ""
            color: Style.muted
        }
        Rectangle {
            id: rule
            anchors.bottom: parent.bottom
            width: parent.width
            height: 4
            radius: 2
            color: Style.muted
        }
    }
    Label {
        anchors.centerIn: parent
        width: parent.width - 2 * Style.margin
        visible: root.markers.length === 0
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        text: root.content.empty || qsTr("There are no places here.")
        color: Style.muted
    }
}
