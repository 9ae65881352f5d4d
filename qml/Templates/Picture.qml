// SPDX-License-Identifier: Apache-2.0
// A checked picture with round corners, or an icon in its place. No layers: they are missing in software.
import QtQuick
import Controls
import Style

Item {
    id: root
    property string source
    property string glyph: "music"
    property color ground: Style.surface // what lies around it
    property color fill: Style.raised
    property color ink: Style.accent
    property real corner: 14
    property real glyphSize: Math.min(width, height) * 0.5
    property bool inView: true
    readonly property real rim: Math.max(8, corner * 0.5) // reaches the picture's very corners
    property int sharpness: 256 // pixels that are kept of the picture

    Rectangle {
        anchors.fill: parent
        radius: root.corner
        color: root.fill
        visible: image.status !== Image.Ready
    }
    Icon {
        anchors.centerIn: parent
        name: root.glyph
        size: root.glyphSize
        weight: size > 60 ? 1.2 : 1.8
        color: root.ink
        visible: root.inView && image.status !== Image.Ready
    }
    Image {
        id: image
        anchors.fill: parent
        source: root.source
        asynchronous: true
        fillMode: Image.PreserveAspectCrop
        sourceSize: Qt.size(root.sharpness, root.sharpness)
    }
    // The corners, in the colour of the ground.
    Rectangle {
        visible: image.status === Image.Ready
        anchors.fill: parent
        anchors.margins: -root.rim
        radius: root.corner + root.rim
        color: "transparent"
        border.width: root.rim
        border.color: root.ground
    }
}
