// SPDX-License-Identifier: Apache-2.0
// An app's list in the car's style: title, rows, at most two actions. The model is within the driving state's limits.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    required property string app
    required property string name
    required property string title
    required property string subtitle
    required property int hidden
    required property list<var> actions
    required property TemplateRows rows
    required property int selected
    property bool named: true
    signal chosen(target: string)
    onSelectedChanged: reveal()
    onHeightChanged: Qt.callLater(reveal)

    // What is selected, e.g. what plays now, is on the screen without a touch.
    function reveal(): void {
        if (root.selected >= 0)
            list.positionViewAtIndex(root.selected, list.height < 200 ? ListView.Beginning : ListView.Contain);
    }

    Label {
        id: heading
        anchors.left: parent.left
        anchors.right: badge.visible ? badge.left : parent.right
        anchors.rightMargin: badge.visible ? Style.gap : 0
        height: 40
        text: root.title
        font.pixelSize: Style.primary
        font.weight: Font.DemiBold
    }
    Badge {
        id: badge
        anchors.right: parent.right
        visible: root.named
        width: Math.min(implicitWidth, parent.width * 0.45)
        text: root.name
    }
    Label {
        id: under
        anchors.top: heading.bottom
        width: parent.width
        height: visible ? 36 : 0
        visible: root.subtitle !== ""
        text: root.subtitle
        color: Style.muted
    }
    ListView {
        id: list
        anchors.top: under.bottom
        anchors.topMargin: 8
        anchors.bottom: more.top
        anchors.bottomMargin: more.visible || buttons.visible ? 12 : 0 // four whole rows fit at 720 px
        width: parent.width
        clip: true
        spacing: 4
        currentIndex: -1 // no highlight to animate
        boundsBehavior: Flickable.StopAtBounds
        model: root.rows
        objectName: "appList_" + root.app

        delegate: TemplateRow {
            width: ListView.view.width
            objectName: "appRow_" + root.app + "_" + key
            onClicked: root.chosen(key)
        }
    }
    Label {
        id: more
        anchors.bottom: buttons.top
        anchors.bottomMargin: buttons.visible ? 12 : 0
        width: parent.width
        height: visible ? 36 : 0
        visible: root.hidden > 0
        text: qsTr("%1 more when parked").arg(root.hidden)
        color: Style.muted
        objectName: "appMore_" + root.app
    }
    Row {
        id: buttons
        anchors.bottom: parent.bottom
        width: parent.width
        height: visible ? Style.target : 0
        spacing: 12
        visible: root.actions.length > 0

        Repeater {
            model: root.actions

            PillButton {
                required property var modelData
                objectName: "appAction_" + root.app + "_" + modelData.key
                width: (buttons.width - (root.actions.length - 1) * buttons.spacing) / root.actions.length
                text: modelData.title
                primary: modelData.style === "primary"
                onClicked: root.chosen(modelData.key)
            }
        }
    }
}
