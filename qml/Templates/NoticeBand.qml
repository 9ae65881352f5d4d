// SPDX-License-Identifier: Apache-2.0
// What an app says above the pages: who, what, and the answers. An alert has a border; neither makes a sound.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Rectangle {
    id: root
    readonly property AppNotice notice: Apps.notice
    readonly property string text: notice.title
    objectName: "appNotice"
    property bool free: true // whether nothing more important lies here
    visible: notice.shown && free
    implicitHeight: content.height + 2 * Style.gap
    radius: Style.cardRadius
    color: Style.surface
    border.width: 2
    border.color: notice.urgent ? Style.warn : Style.line

    MouseArea {
        anchors.fill: parent
    }
    Column {
        id: content
        x: Style.from(Style.margin, width, parent?.width ?? 0)
        y: Style.gap
        width: parent.width - 2 * Style.margin
        spacing: 10

        Item {
            width: parent.width
            height: Math.max(words.height, Style.target)

            Rectangle {
                id: sign
                anchors.left: parent.left
                visible: root.notice.glyph !== ""
                anchors.verticalCenter: parent.verticalCenter
                width: 60
                height: 60
                radius: 30
                color: Style.raised

                Icon {
                    anchors.centerIn: parent
                    name: root.notice.glyph
                    size: 34
                    color: root.notice.urgent ? Style.warn : Style.accent
                }
            }
            Column {
                id: words
                anchors.left: sign.visible ? sign.right : parent.left
                anchors.leftMargin: sign.visible ? Style.gap : 0
                anchors.right: why.left
                anchors.rightMargin: 8
                anchors.verticalCenter: parent.verticalCenter

                Row {
                    width: parent.width
                    spacing: 8

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: root.notice.emblem
                        size: 22
                        color: Style.speaker
                    }
                    Label {
                        objectName: "appNoticeSpeaker"
                        width: parent.width - 30
                        text: root.notice.name
                        color: Style.speaker
                    }
                }
                Label {
                    width: parent.width
                    text: root.notice.title
                    font.pixelSize: Style.primary
                    font.weight: Font.DemiBold
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                }
                Label {
                    objectName: "appNoticeText"
                    width: parent.width
                    visible: text !== ""
                    text: root.notice.text
                    color: Style.muted
                    wrapMode: Text.Wrap
                    maximumLineCount: 3
                }
            }
            IconButton {
                id: why
                objectName: "appNoticeWhy"
                anchors.right: close.visible ? close.left : parent.right
                anchors.rightMargin: close.visible ? Style.apart : -12
                anchors.top: parent.top
                text: qsTr("Why?")
                glyph: "question"
                flat: true
                onClicked: Why.ask("notice")
            }
            IconButton {
                id: close
                objectName: "appNoticeClose"
                anchors.right: parent.right
                anchors.rightMargin: -12
                anchors.top: parent.top
                visible: !root.notice.urgent
                width: visible ? implicitWidth : 0
                text: qsTr("Close")
                glyph: "close"
                flat: true
                onClicked: root.notice.dismiss()
            }
        }
        ActionRow {
            width: parent.width
            tag: "appNoticeAction_"
            actions: root.notice.actions
            onChosen: target => root.notice.tap(target)
        }
        ActionButton {
            objectName: "appNoticeOk"
            visible: root.notice.urgent && root.notice.actions.length === 0
            width: parent.width
            style: "primary"
            text: qsTr("OK")
            onClicked: root.notice.dismiss()
        }
    }
}
