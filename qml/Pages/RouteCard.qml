// SPDX-License-Identifier: Apache-2.0
// The next manoeuvre of whoever guides; without guidance a sentence.
import QtQuick
import Controls
import Models
import Style
import Templates as Apps

Card {
    id: root
    readonly property bool guided: Guidance.page !== null && Guidance.page.kind === "navigation"
    readonly property int inset: width < 300 ? 16 : Style.margin

    Loader {
        anchors.fill: parent
        active: root.guided
        sourceComponent: Apps.AppCard {
            page: Guidance.page
            app: Guidance.app
            name: Guidance.name
            emblem: Guidance.emblem
            reason: Guidance.reason
        }
    }
    Apps.PageState {
        objectName: "routeCardQuiet"
        anchors.fill: parent
        anchors.margins: root.inset
        visible: !root.guided
        glyph: "route"
        text: qsTr("Nobody guides you now.")
    }
}
