// SPDX-License-Identifier: Apache-2.0
// The pack: how full it is, where charging ends (drag the handle), the plug, and the order to charge.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Models
import Style

Card {
    id: root
    readonly property int pad: height < 400 ? 18 : 24
    readonly property bool low: height < 400
    readonly property bool charging: Vehicle.charging.known && Vehicle.charging.value > 0
    readonly property bool plugged: Energy.cable.known && Energy.cable.value > 0

    WhyArea {
        objectName: "chargeWhy"
        width: parent.width
        y: slider.y - 8 - height
        height: Math.max(Style.target, slider.y - 8)
        topic: "charge"
        text: title.text
    }
    Label {
        id: title
        visible: !root.low
        x: Style.from(root.pad, width, parent?.width ?? 0)
        y: 18
        text: qsTr("Battery")
        color: Style.muted
    }
    Icon {
        visible: title.visible
        anchors.left: title.right
        anchors.leftMargin: 10
        anchors.verticalCenter: title.verticalCenter
        name: "question"
        size: 26
        color: Style.muted
    }
    Label {
        id: charge
        objectName: "energyCharge"
        x: Style.from(root.pad, width, parent?.width ?? 0)
        y: root.low ? 8 : 44
        color: Vehicle.battery.known ? Style.text : Style.muted
        font.family: Style.numbers
        font.weight: Font.DemiBold
        font.pixelSize: root.low ? 60 : 72

        Follow on text {
            reading: Vehicle.battery
        }
    }
    Label {
        anchors.left: charge.right
        anchors.leftMargin: 8
        anchors.baseline: charge.baseline
        visible: Vehicle.battery.known
        text: "%"
        color: Style.muted
        font.pixelSize: Style.primary
    }
    Column {
        anchors.right: parent.right
        anchors.rightMargin: root.pad
        anchors.verticalCenter: charge.verticalCenter

        Label {
            objectName: "chargeState"
            anchors.right: parent.right
            text: {
                if (root.charging)
                    return qsTr("Charging");
                if (!Energy.cable.known)
                    return "—";
                return root.plugged ? qsTr("Plugged in") : qsTr("Not plugged in");
            }
            color: root.charging ? Style.good : Style.text
            font.weight: Font.DemiBold
        }
        Label {
            objectName: "chargeLeft"
            anchors.right: parent.right
            text: {
                if (root.charging)
                    return !Energy.left.known ? qsTr("Time left: %1").arg(Energy.left.text) : Energy.left.value >= 60 ? qsTr("%1 h to %2 %").arg(Energy.left.text).arg(Energy.limit.text) : qsTr("%1 min to %2 %").arg(Energy.left.text).arg(Energy.limit.text);
                return Energy.usable.known ? qsTr("%1 kWh left").arg(Energy.usable.text) : "";
            }
            color: Style.muted
        }
    }
    // The charge, and the limit as a handle on it.
    T.Slider {
        id: slider
        objectName: "chargeLimit"
        x: Style.from(root.pad, width, parent?.width ?? 0)
        anchors.top: charge.bottom
        anchors.topMargin: root.low ? -6 : 2
        width: parent.width - 2 * root.pad
        height: Style.target
        from: 0
        to: 100
        stepSize: 5
        snapMode: T.Slider.SnapAlways
        enabled: Energy.limit.known
        value: Energy.limit.aim
        live: true
        onMoved: {
            if (value < 50)
                value = 50;
        }
        onPressedChanged: {
            if (!pressed) {
                Energy.limit.set(value);
                value = Qt.binding(() => Energy.limit.aim);
            }
        }
        Accessible.role: Accessible.Slider
        Accessible.name: qsTr("Charge limit")

        background: Item {
            Rectangle {
                id: bar
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width
                height: 26
                radius: 13
                color: Style.raised

                Rectangle {
                    anchors.left: parent.left
                    visible: Vehicle.battery.known
                    width: Math.max(26, parent.width * Vehicle.battery.value / 100)
                    height: parent.height
                    radius: 13
                    color: Vehicle.battery.value < 15 ? Style.warn : Style.good
                }
            }
        }
        handle: Item {
            visible: Energy.limit.known
            x: slider.visualPosition * slider.width - width / 2
            width: 40
            height: slider.height

            Rectangle {
                anchors.centerIn: parent
                width: slider.pressed ? 18 : 12
                height: 52
                radius: width / 2
                color: Style.text
                border.width: 3
                border.color: Style.surface
            }
        }
    }
    Label {
        id: limitText
        objectName: "chargeLimitText"
        x: Style.from(root.pad, width, parent?.width ?? 0)
        anchors.top: slider.bottom
        anchors.topMargin: root.low ? -10 : -2
        text: Energy.limit.known ? qsTr("Charge to %1 %").arg(Math.round(slider.value)) : qsTr("Charge limit: %1").arg(Energy.limit.text)
        color: Energy.limit.pending || slider.pressed ? Style.accent : Style.muted
    }
    Label {
        anchors.right: parent.right
        anchors.rightMargin: root.pad
        anchors.verticalCenter: limitText.verticalCenter
        property real kw
        visible: root.charging && Vehicle.power.known
        text: qsTr("%1 kW").arg(Math.max(0, Math.round(-kw)))
        color: Style.good
        font.weight: Font.DemiBold

        Follow on kw {
            reading: Vehicle.power
        }
    }
    Row {
        id: facts
        x: Style.from(root.pad, width, parent?.width ?? 0)
        anchors.bottom: button.top
        anchors.bottomMargin: root.low ? 6 : 14

        Fact {
            width: (root.width - 2 * root.pad) / 3
            name: qsTr("Health")
            unit: "%"
            tag: "packHealth"
            reading: Energy.health
        }
        Fact {
            width: (root.width - 2 * root.pad) / 3
            name: qsTr("Pack")
            unit: Units.temperature
            tag: "packWarmth"
            reading: Energy.warmth
        }
        Fact {
            width: (root.width - 2 * root.pad) / 3
            visible: root.plugged
            name: qsTr("Can take")
            unit: qsTr("kW")
            tag: "chargeMost"
            reading: Energy.most
        }
    }
    PillButton {
        id: button
        objectName: "chargeOrder"
        x: Style.from(root.pad, width, parent?.width ?? 0)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.pad
        width: parent.width - 2 * root.pad
        primary: root.plugged && !root.charging && !Energy.order.pending
        enabled: root.plugged && Energy.order.known
        text: {
            if (!root.plugged)
                return Energy.cable.known ? qsTr("Plug in to charge") : qsTr("The plug is not known");
            if (Energy.order.pending)
                return Energy.order.aim > 0 ? qsTr("Starting…") : qsTr("Stopping…");
            return root.charging ? qsTr("Stop charging") : qsTr("Start charging");
        }
        onClicked: Energy.order.set(root.charging ? 0 : 1)
    }
}
