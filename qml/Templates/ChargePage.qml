// SPDX-License-Identifier: Apache-2.0
// A charging session: how full, how fast, how long, what it costs. A ring where there is room, a bar where there is not.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    required property AppPage page
    required property string app
    readonly property var content: page.content
    readonly property string stage: content.state ?? ""
    readonly property bool wide: width > 560
    readonly property real charge: content.charge ?? -1
    readonly property real target: content.target ?? -1
    readonly property color ink: stage === "fault" ? Style.bad : stage === "paused" || stage === "plug_in" ? Style.warn : Style.good
    readonly property string percent: charge < 0 ? "—" : Math.round(charge) + "\u00a0%"
    readonly property string sign: stage === "fault" ? "warning" : stage === "finished" ? "check" : stage === "plug_in" ? "plug" : "bolt"
    readonly property string remark: content.note || content.tariff || ""
    readonly property var words: ({
            plug_in: qsTr("Plug in the cable"),
            authorising: qsTr("Authorising"),
            charging: qsTr("Charging"),
            paused: qsTr("Paused"),
            finished: qsTr("Finished"),
            fault: qsTr("Station fault")
        })

    ChargeRing {
        id: ring
        anchors.left: parent.left
        visible: root.wide
        width: Math.min(300, root.height)
        height: width
        anchors.verticalCenter: parent.verticalCenter
        app: root.app
        charge: root.charge
        target: root.target
        text: root.percent
        ink: root.ink
    }
    Column {
        anchors.left: root.wide ? ring.right : parent.left
        anchors.leftMargin: root.wide ? 48 : 0
        anchors.right: parent.right
        anchors.verticalCenter: root.wide ? parent.verticalCenter : undefined
        spacing: root.wide ? 20 : 12

        Item {
            width: parent.width
            height: Math.max(stand.height, standing.height)

            Label {
                id: stand
                objectName: "appCharge_" + root.app
                visible: !root.wide
                height: 64
                text: root.percent
                font.family: Style.numbers
                font.weight: Font.DemiBold
                font.pixelSize: 60
            }
            Column {
                id: standing
                anchors.left: root.wide ? parent.left : stand.right
                anchors.leftMargin: root.wide ? 0 : 20
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter

                Row {
                    width: parent.width
                    spacing: 10

                    Icon {
                        id: mark
                        anchors.verticalCenter: parent.verticalCenter
                        name: root.sign
                        size: 30
                        color: root.ink
                    }
                    Label {
                        objectName: "appChargeState_" + root.app
                        width: parent.width - mark.width - 10
                        text: root.words[root.stage] ?? ""
                        font.pixelSize: root.wide ? Style.primary : 28
                        font.weight: Font.DemiBold
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: 24
                    }
                }
                Label {
                    width: parent.width
                    visible: text !== ""
                    text: root.remark
                    color: Style.muted
                    wrapMode: root.wide ? Text.Wrap : Text.NoWrap
                    maximumLineCount: root.wide ? 2 : 1
                }
            }
        }
        Bar {
            visible: !root.wide
            width: parent.width
            height: 14
            share: root.charge / 100
            fill: root.ink

            Rectangle {
                visible: root.target > 0 && root.target < 100
                x: parent.width * root.target / 100 - 2
                y: -5
                width: 4
                height: parent.height + 10
                radius: 2
                color: Style.text
            }
        }
        ChargeFacts {
            width: parent.width
            content: root.content
            lines: root.wide || root.height > 230 ? 2 : 1
            rowSpacing: root.wide ? 18 : 8
        }
    }
}
