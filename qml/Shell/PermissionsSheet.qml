// SPDX-License-Identifier: Apache-2.0
// What each app may do, why, and a switch to take it back. Beside the drive's column, as every sheet.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Rectangle {
    id: root
    objectName: "permissionsSheet"
    radius: Style.cardRadius
    color: Style.raised
    visible: Permissions.shown

    MouseArea {
        anchors.fill: parent
    }
    Timer {
        interval: 2000
        repeat: true
        running: Permissions.shown
        onTriggered: Permissions.refresh()
    }
    Label {
        id: title
        objectName: "permissionsTitle"
        anchors.left: parent.left
        anchors.leftMargin: Style.margin
        anchors.right: close.left
        y: Style.gap
        height: 44
        text: Permissions.title
        font.pixelSize: Style.primary
        font.weight: Font.DemiBold
    }
    Label {
        id: trust
        objectName: "permissionsTrust"
        anchors.left: title.left
        anchors.right: title.right
        anchors.top: title.bottom
        height: 34
        text: Permissions.trust !== "" ? Permissions.trust + ". " + Permissions.box : ""
        color: Style.muted
    }
    IconButton {
        id: close
        objectName: "permissionsClose"
        anchors.right: parent.right
        anchors.rightMargin: 8
        y: 8
        text: qsTr("Close")
        glyph: "close"
        flat: true
        onClicked: Permissions.close()
    }
    ListView {
        id: apps
        objectName: "permissionsApps"
        anchors.top: trust.bottom
        anchors.topMargin: 8
        x: Style.from(Style.margin, width, parent?.width ?? 0)
        width: parent.width - 2 * Style.margin
        height: visible ? Style.target : 0
        visible: Apps.count > 1
        orientation: ListView.Horizontal
        spacing: 8
        clip: true
        currentIndex: -1 // no highlight to animate
        boundsBehavior: Flickable.StopAtBounds
        model: Apps

        delegate: PillButton {
            required property string app
            required property string name
            objectName: "permissionsApp_" + app
            text: name
            primary: app === Permissions.app
            onClicked: Permissions.open(app)
        }
    }
    ListView {
        objectName: "permissionsLines"
        anchors.top: apps.bottom
        anchors.topMargin: 8
        anchors.bottom: decide.top
        anchors.bottomMargin: decide.visible ? 8 : 0
        x: Style.from(Style.margin, width, parent?.width ?? 0)
        width: parent.width - 2 * Style.margin
        clip: true
        spacing: 8
        currentIndex: -1 // no highlight to animate
        boundsBehavior: Flickable.StopAtBounds
        model: Permissions.items

        delegate: SwitchRow {
            required property var modelData
            width: ListView.view.width
            objectName: "permission_" + modelData.key
            title: modelData.title
            detail: modelData.text
            choice: modelData.choice
            on: modelData.on
            onClicked: Permissions.change(modelData.key, !modelData.on)
        }
    }
    PillButton {
        id: decide
        objectName: "permissionsDecide"
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.gap
        x: Style.from(Style.margin, width, parent?.width ?? 0)
        width: parent.width - 2 * Style.margin
        height: visible ? Style.target : 0
        visible: Permissions.waiting
        primary: true
        text: qsTr("Decide what it may do")
        onClicked: Permissions.review(Permissions.app)
    }
}
