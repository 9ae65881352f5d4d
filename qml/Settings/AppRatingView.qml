// SPDX-License-Identifier: Apache-2.0
// What the driver thinks of an app, and whether that leaves the car. Stars are given while parked.
import QtQuick
import Controls
import Models
import Navigation
import Style

Column {
    id: root
    property bool parked: false
    spacing: 12

    RatingBar {
        width: parent.width
        enabled: AppRating.known && root.parked
        title: qsTr("Your rating")
        tag: "appStar"
        value: AppRating.stars
        onChosen: stars => AppRating.rate(stars)
    }
    Hint {
        width: parent.width
        visible: text !== ""
        tag: "appRatingProblem"
        glyph: "warning"
        ink: Style.warn
        text: AppRating.problem
    }
    Hint {
        width: parent.width
        tag: "appRatingLeaves"
        glyph: AppRating.leaves ? "share" : "lock"
        text: Processes.cloud.fine ? AppRating.words : Processes.cloud.sentence
    }
    PillButton {
        objectName: "appRatingPrivacy"
        width: parent.width
        visible: AppRating.known
        text: AppRating.leaves ? qsTr("Open Privacy") : qsTr("Agree to it in Privacy")
        onClicked: Router.go("settings", "privacy")
    }
    PillButton {
        objectName: "appRatingWithdraw"
        width: parent.width
        visible: AppRating.stars > 0
        text: qsTr("Take the rating back")
        onClicked: AppRating.withdraw()
    }
}
