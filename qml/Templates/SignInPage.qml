// SPDX-License-Identifier: Apache-2.0
// A way to sign in that needs no typing here: a code for a phone, a PIN for another device, or an account of the car's.
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
    readonly property string method: content.method ?? ""
    readonly property string code: qr ? page.picture : ""
    readonly property bool qr: method === "qr"
    readonly property bool wide: width > 560
    readonly property real side: Math.min(wide ? 300 : 216, height - (wide ? 0 : 110))

    Rectangle {
        id: code
        visible: root.qr
        anchors.verticalCenter: root.wide ? parent.verticalCenter : undefined
        x: Style.from(root.wide ? 0 : (parent.width - width) / 2, width, parent?.width ?? 0)
        width: root.side
        height: root.side
        radius: 16
        color: "white"

        Image {
            objectName: "appQr_" + root.app
            anchors.fill: parent
            anchors.margins: 4
            source: root.code
            smooth: false
            fillMode: Image.PreserveAspectFit
        }
    }
    Column {
        anchors.left: root.qr && root.wide ? code.right : parent.left
        anchors.leftMargin: root.qr && root.wide ? 32 : 0
        anchors.right: parent.right
        anchors.top: root.qr && !root.wide ? code.bottom : undefined
        anchors.topMargin: 10
        anchors.verticalCenter: root.qr && !root.wide ? undefined : parent.verticalCenter
        spacing: root.wide ? Style.gap : 6

        Label {
            width: parent.width
            horizontalAlignment: root.qr && root.wide ? Text.AlignLeft : Text.AlignHCenter
            wrapMode: Text.Wrap
            maximumLineCount: root.qr && !root.wide ? 2 : Math.max(1, Math.min(6, Math.floor((root.height - (root.qr ? 50 : 180)) / 30)))
            text: root.content.text ?? ""
        }
        Label {
            objectName: "appPin_" + root.app
            visible: root.method === "pin"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
            text: root.content.pin ?? ""
            font.family: Style.numbers
            font.weight: Font.DemiBold
            font.pixelSize: root.wide ? 84 : 64
            font.letterSpacing: 4
        }
        Label {
            visible: text !== ""
            width: parent.width
            horizontalAlignment: root.qr && root.wide ? Text.AlignLeft : Text.AlignHCenter
            text: root.qr ? qsTr("Leads to %1").arg(root.content.host ?? "") : root.method === "pin" ? root.content.host : ""
            color: Style.muted
        }
        ActionButton {
            visible: root.method === "provider"
            anchors.horizontalCenter: parent.horizontalCenter
            objectName: "appSignIn_" + root.app
            style: "primary"
            glyph: "person"
            text: qsTr("Continue with %1").arg(root.content.provider ?? "")
            width: Math.min(parent.width, implicitWidth)
            onClicked: root.page.tap("sign_in")
        }
    }
}
