// SPDX-License-Identifier: Apache-2.0
// The page's title, the way back, and who is speaking: beside the title where there is room, above it where there is not.
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    required property AppPage page
    required property string app
    required property string name
    required property string emblem
    property bool named: true
    property bool expandable: false
    property bool expanded: false
    property bool tall: true // whether two lines can be spared
    // What plays says itself what it is.
    readonly property bool quiet: page.kind === "media"
    readonly property var content: page.content
    readonly property string words: quiet ? content.source ?? "" : page.title
    readonly property bool returnable: page.returnable
    readonly property bool searchable: page.kind === "list" && Boolean(content.search) && Driving.state === "parked"
    readonly property bool wide: width > 560
    readonly property bool stacked: !wide && named && (returnable || searchable || (tall && !quiet))
    signal grow
    implicitHeight: returnable || searchable ? Style.target : stacked ? 72 : 40

    IconButton {
        id: back
        objectName: "appBack_" + root.app
        visible: root.returnable
        x: Style.from(-12, width, parent?.width ?? 0)
        text: qsTr("Back")
        glyph: "back"
        flat: true
        onClicked: root.page.back()
    }
    IconButton {
        id: home
        objectName: "appHome_" + root.app
        visible: root.returnable && root.wide && root.page.depth > 2
        anchors.left: back.right
        anchors.leftMargin: Style.apart
        text: qsTr("First page")
        glyph: "home"
        flat: true
        onClicked: root.page.home()
    }
    Column {
        id: titles
        anchors.left: home.visible ? home.right : back.visible ? back.right : parent.left
        anchors.right: search.visible ? search.left : badge.left
        anchors.rightMargin: search.visible ? 0 : root.stacked ? 0 : Style.gap
        anchors.verticalCenter: parent.verticalCenter

        Row {
            visible: root.stacked
            height: 30
            spacing: 8

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.emblem
                size: 22
                color: Style.speaker
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: root.name
                width: Math.min(implicitWidth, titles.width - 30)
                color: Style.speaker
            }
        }
        Label {
            objectName: "appTitle_" + root.app
            width: parent.width
            visible: text !== ""
            text: root.words
            font.pixelSize: root.quiet ? Style.secondary : Style.primary
            color: root.quiet ? Style.muted : Style.text
            font.weight: root.quiet ? Font.Normal : Font.DemiBold
        }
    }
    IconButton {
        id: search
        objectName: "appSearch_" + root.app
        visible: root.searchable
        anchors.right: badge.left
        anchors.rightMargin: badge.visible ? Style.apart : 0
        text: root.searchable ? root.content.search.hint : ""
        glyph: "search"
        flat: true
        onClicked: TextEntry.begin(root.page, root.content.search.text, root.content.search.hint)
    }
    Badge {
        id: badge
        objectName: "appBadge_" + root.app
        anchors.right: parent.right
        // In a low header the touched area begins at the card's edge, so that it does not reach the content.
        y: root.height < 60 ? -Style.margin : (root.height - height) / 2
        sink: root.height < 60 ? 20 - (height / 2 - Style.margin) : 0
        visible: !root.stacked || root.expandable
        width: visible ? Math.min(implicitWidth, parent.width * 0.5) : 0
        text: root.name
        emblem: root.stacked ? "" : root.emblem
        named: root.named && !root.stacked
        expandable: root.expandable
        expanded: root.expanded
        onClicked: root.grow()
    }
}
