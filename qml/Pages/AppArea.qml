// SPDX-License-Identifier: Apache-2.0
// The apps: one card at a time, and a tab for each when there are several.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style
import Templates

Item {
    id: root
    property int current: 0
    property bool expandable: false
    property bool expanded: false
    signal grow
    readonly property bool several: Apps.count > 1
    readonly property int shown: visible ? Math.min(current, Apps.count - 1) : -1
    onShownChanged: Apps.look(shown)
    Component.onCompleted: Apps.look(shown)
    Component.onDestruction: Apps.look(-1)

    Card {
        anchors.fill: parent
        visible: Apps.count === 0

        Column {
            anchors.centerIn: parent
            width: parent.width - 2 * Style.margin
            spacing: Style.gap

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: "apps"
                size: 48
                color: Style.muted
            }
            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.WordWrap
                text: Processes.apphost.fine ? qsTr("No apps are installed.") : Processes.apphost.sentence
                color: Style.muted
            }
        }
    }
    Row {
        id: tabs
        visible: root.several
        width: parent.width
        height: root.several ? Style.target : 0
        spacing: 8

        // Names are whole where they fit beside each other; else all have the same room.
        readonly property real free: width - (Apps.count - 1) * spacing
        readonly property real wished: {
            let sum = 0;
            for (let number = 0; number < names.count; number++)
                sum += names.itemAt(number)?.implicitWidth ?? 0; // qmllint disable missing-property
            return sum;
        }

        Repeater {
            id: names
            model: Apps

            AppTab {
                required property int index
                required property string name
                required property string app
                objectName: "appTab_" + app
                width: tabs.wished > 0 && tabs.wished <= tabs.free ? implicitWidth + (tabs.free - tabs.wished) / Apps.count : tabs.free / Apps.count
                text: name
                chosen: index === root.current
                onClicked: root.current = index
            }
        }
    }
    Item {
        id: cards
        anchors.fill: parent
        anchors.topMargin: root.several ? tabs.height + 8 : 0

        Repeater {
            model: Apps

            AppCard {
                required property int index
                anchors.fill: parent
                visible: index === Math.min(root.current, Apps.count - 1)
                named: !root.several
                expandable: root.expandable
                expanded: root.expanded
                onGrow: root.grow()
            }
        }
        Repeater {
            model: Apps

            PillButton {
                required property var model
                required property int index
                objectName: "appDecide_" + model.app
                anchors.bottom: cards.bottom
                anchors.horizontalCenter: cards.horizontalCenter
                anchors.bottomMargin: Style.margin
                width: cards.width - 2 * Style.margin
                readonly property bool undecided: model.state === "stopped_needs_consent"
                visible: index === Math.min(root.current, Apps.count - 1) && (undecided || model.startable === true)
                primary: true
                text: undecided ? qsTr("Decide what it may do") : qsTr("Start again")
                onClicked: undecided ? Permissions.review(model.app) : Apps.start(model.app)
            }
        }
    }
}
