// SPDX-License-Identifier: Apache-2.0
// The departures; they are set while the car is parked.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Card {
    id: root
    property bool titled: false
    readonly property int pad: height < 330 ? 12 : 20

    WhyNote {
        id: title
        objectName: "departureText"
        visible: root.titled
        x: Style.from(root.pad + 4, width, parent?.width ?? 0)
        y: root.pad - 12
        width: parent.width - 2 * (root.pad + 4)
        lines: 2
        topic: "departures"
        text: Departures.text
    }

    ListView {
        id: rows
        objectName: "departureList"
        visible: !Departures.editing
        x: Style.from(root.pad, width, parent?.width ?? 0)
        y: root.pad + (title.visible ? title.height : 0)
        width: parent.width - 2 * root.pad
        height: foot.y - y - 12
        clip: true
        spacing: 10
        boundsBehavior: Flickable.StopAtBounds
        interactive: Driving.setup
        model: Departures
        delegate: DepartureRow {
            required property var model // qmllint disable required
            objectName: "departure_" + name
            width: rows.width
            name: model.name
            time: model.time
            days: model.days
            warmth: model.warmth
            used: model.enabled
            editable: Driving.setup
        }
    }
    Label {
        visible: !Departures.editing && Departures.count === 0 && (Departures.kept || !root.titled)
        anchors.fill: rows
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WordWrap
        text: Departures.kept ? qsTr("Say when you want to leave, and the cabin is warm or cool by then. It is done while the car is parked and has at least 20 % charge, or 10 % at a plug.") : Departures.text
        color: Style.muted
    }
    Item {
        id: foot
        visible: !Departures.editing
        x: Style.from(root.pad, width, parent?.width ?? 0)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.pad
        width: parent.width - 2 * root.pad
        height: Style.target

        PillButton {
            objectName: "departureNew"
            visible: Driving.setup
            enabled: Departures.kept && !Departures.full
            anchors.right: parent.right
            primary: true
            width: 260
            text: qsTr("New departure")
            onClicked: Departures.edit("")
        }
        WhyNote {
            objectName: "departureWhy"
            visible: !root.titled
            width: Driving.setup ? parent.width - 276 : parent.width / 2
            topic: "departures"
            text: qsTr("When is it done?")
        }
        WhyNote {
            objectName: "departureParked"
            visible: !Driving.setup
            anchors.right: parent.right
            width: root.titled ? parent.width : parent.width / 2
            topic: "setup"
            text: qsTr("Departures can be set when parked")
        }
    }
    Loader {
        active: Departures.editing && Driving.setup
        anchors.fill: parent
        anchors.margins: root.pad
        anchors.topMargin: rows.y
        sourceComponent: DepartureEditor {}
    }
    Connections {
        target: Driving
        function onChanged() {
            if (!Driving.setup && Departures.editing)
                Departures.cancel();
        }
    }
}
