// SPDX-License-Identifier: Apache-2.0
// The phones that are paired with the car. What the car cannot do with them yet, such as calls, is said and not drawn.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    objectName: "phonePage"
    readonly property int inset: Style.inset(width)
    readonly property var phones: Telephone.phones
    readonly property bool listed: Telephone.state === "on" && phones.length > 0
    readonly property int most: Driving.limited ? 6 : 12
    onVisibleChanged: Telephone.watch(visible)
    Component.onCompleted: Telephone.watch(visible)
    Component.onDestruction: Telephone.watch(false)

    readonly property string sentence: {
        switch (Telephone.state) {
        case "on":
            return qsTr("On the phone, look for “%1” among Bluetooth devices and pair it while parked.").arg(Telephone.adapter);
        case "off":
            return qsTr("Bluetooth is switched off.");
        case "no_adapter":
            return qsTr("This car has no Bluetooth adapter.");
        case "no_service":
            return qsTr("The system's Bluetooth service does not answer. It is tried again.");
        case "no_library":
            return qsTr("This installation lacks the Bluetooth library: pip install 'ivi[dbus]' brings it.");
        default:
            return Processes.services.fine ? qsTr("Looking for phones.") : Processes.services.sentence;
        }
    }
    Loader {
        anchors.fill: parent
        anchors.margins: root.inset
        active: !root.listed
        sourceComponent: EmptyState {
            tag: "phoneEmpty"
            glyph: "phone"
            title: Telephone.state === "on" ? qsTr("No phone is paired") : qsTr("No phone")
            text: root.sentence
        }
    }
    Card {
        visible: root.listed
        anchors.fill: parent
        anchors.margins: root.inset

        Label {
            id: heading
            x: Style.from(Style.margin, width, parent?.width ?? 0)
            y: 20
            width: parent.width - 2 * Style.margin
            height: 44
            text: qsTr("Paired phones")
            font.pixelSize: Style.primary
            font.weight: Font.DemiBold
        }
        Column {
            id: list
            anchors.top: heading.bottom
            anchors.topMargin: 12
            x: Style.from(Style.margin, width, parent?.width ?? 0)
            width: parent.width - 2 * Style.margin

            Repeater {
                model: root.listed ? root.phones.slice(0, Math.min(root.most, Math.floor((root.height - 220) / 92))) : []

                Item {
                    id: phone
                    required property var modelData
                    required property int index
                    width: list.width
                    height: 92
                    objectName: "phone_" + index
                    Accessible.role: Accessible.ListItem
                    Accessible.name: modelData.name + ", " + link.text

                    Rectangle {
                        visible: phone.index > 0
                        width: parent.width
                        height: 1
                        color: Style.line
                    }
                    Rectangle {
                        id: disc
                        anchors.left: parent.left
                        anchors.verticalCenter: parent.verticalCenter
                        width: 60
                        height: 60
                        radius: 30
                        color: phone.modelData.connected ? Style.accent : Style.raised

                        Icon {
                            anchors.centerIn: parent
                            name: "phone"
                            size: 30
                            color: phone.modelData.connected ? Style.overAccent : Style.muted
                        }
                    }
                    Column {
                        anchors.left: disc.right
                        anchors.leftMargin: 20
                        anchors.right: charge.left
                        anchors.rightMargin: 20
                        anchors.verticalCenter: parent.verticalCenter

                        Label {
                            objectName: "phoneName_" + phone.index
                            width: parent.width
                            text: phone.modelData.name
                            font.pixelSize: Style.primary
                        }
                        Label {
                            id: link
                            objectName: "phoneState_" + phone.index
                            width: parent.width
                            text: phone.modelData.connected ? qsTr("Connected") : qsTr("Not connected")
                            color: phone.modelData.connected ? Style.accent : Style.muted
                        }
                    }
                    Row {
                        id: charge
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        visible: phone.modelData.battery >= 0
                        spacing: 12

                        Icon {
                            anchors.verticalCenter: parent.verticalCenter
                            name: "battery"
                            size: 32
                            color: phone.modelData.battery < 15 ? Style.warn : Style.muted
                        }
                        Label {
                            objectName: "phoneBattery_" + phone.index
                            anchors.verticalCenter: parent.verticalCenter
                            text: qsTr("%1 %").arg(phone.modelData.battery)
                            font.pixelSize: Style.primary
                        }
                    }
                }
            }
        }
        Label {
            objectName: "phoneCalls"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Style.margin
            x: Style.from(Style.margin, width, parent?.width ?? 0)
            width: parent.width - 2 * Style.margin
            wrapMode: Text.Wrap
            maximumLineCount: 2
            text: qsTr("This car makes no calls yet; it shows the phones that it knows.")
            color: Style.muted
        }
    }
}
