// SPDX-License-Identifier: Apache-2.0
// One tile of a grid: picture or icon, a title and a word.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Style

T.AbstractButton {
    id: control
    required property string key
    required property string title
    required property string detail
    required property string glyph
    required property string badge
    required property bool chosen
    required property string picture
    required property bool live
    readonly property real middle: control.y + 52 - control.GridView.view.contentY
    readonly property bool iconInView: control.middle > -24 && control.middle < control.GridView.view.height + 24
    readonly property color ground: control.down ? Style.pressed : Style.raised
    text: control.title
    enabled: control.live
    opacity: control.live ? 1 : 0.6
    Accessible.role: Accessible.ListItem
    Accessible.name: control.detail !== "" ? control.title + ", " + control.detail : control.title

    contentItem: Item {
        Picture {
            x: Style.from(16, width, parent?.width ?? 0)
            y: 14
            width: 72
            height: 72
            source: control.picture
            glyph: control.glyph === "" ? "apps" : control.glyph
            ground: control.ground
            fill: Style.surface
            glyphSize: 40
            inView: control.iconInView
        }
        Label {
            anchors.right: parent.right
            anchors.rightMargin: 14
            y: 14
            width: Math.min(implicitWidth, parent.width - 112)
            text: control.badge
            color: Style.accent
        }
        Label {
            id: name
            x: Style.from(16, width, parent?.width ?? 0)
            y: control.detail === "" ? 98 : 94
            width: parent.width - 28
            height: control.detail === "" ? 64 : 34
            text: control.title
            font.weight: Font.DemiBold
            wrapMode: control.detail === "" ? Text.Wrap : Text.NoWrap
            maximumLineCount: control.detail === "" ? 2 : 1
            verticalAlignment: Text.AlignTop
        }
        Label {
            x: Style.from(16, width, parent?.width ?? 0)
            anchors.top: name.bottom
            width: parent.width - 28
            visible: control.detail !== ""
            text: control.detail
            color: Style.muted
        }
    }
    background: Rectangle {
        radius: 20
        color: control.ground
        border.width: control.chosen ? 3 : 0
        border.color: Style.accent
    }
}
