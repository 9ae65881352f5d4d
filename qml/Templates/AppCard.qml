// SPDX-License-Identifier: Apache-2.0
// One app: its template while it runs, one sentence while it does not. It always says who is speaking.
import QtQuick
import Controls
import Models
import Style

Card {
    id: root
    required property string app
    required property string name
    required property string reason
    required property int revision
    required property string title
    required property string subtitle
    required property int hidden
    required property list<var> actions
    required property TemplateRows rows
    required property int selected
    property bool named: true
    readonly property string text: root.title !== "" ? root.title : root.reason
    objectName: "appCard_" + root.app

    Item {
        anchors.fill: parent
        anchors.margins: Style.margin
        visible: root.title === ""

        Badge {
            visible: root.named
            text: root.name
        }
        Column {
            anchors.centerIn: parent
            width: parent.width
            spacing: Style.gap

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: root.reason !== "" ? "info" : "apps"
                size: 44
                color: Style.muted
            }
            Label {
                objectName: "appReason_" + root.app
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.WordWrap
                maximumLineCount: 4
                text: root.reason !== "" ? root.reason : qsTr("It shows nothing yet.")
                color: Style.muted
            }
        }
    }
    ListTemplate {
        anchors.fill: parent
        anchors.margins: Style.margin
        visible: root.title !== ""
        app: root.app
        name: root.name
        title: root.title
        subtitle: root.subtitle
        hidden: root.hidden
        actions: root.actions
        rows: root.rows
        selected: root.selected
        named: root.named
        onChosen: target => Apps.tap(root.app, root.revision, target)
    }
}
