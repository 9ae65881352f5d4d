// SPDX-License-Identifier: Apache-2.0
// What the camera shows, whole: nothing is cut off, because something may stand there.
import QtMultimedia
import QtQuick

import Models

VideoOutput {
    id: root
    readonly property real aspect: contentRect.height > 0 ? contentRect.width / contentRect.height : 16 / 9
    objectName: "rearPicture"
    fillMode: VideoOutput.PreserveAspectFit
    mirrored: RearView.mirror
    onAspectChanged: RearView.fit(root.aspect)
    Component.onCompleted: {
        RearView.attach(root.videoSink);
        RearView.fit(root.aspect);
    }

    GuideLines {
        x: root.contentRect.x
        y: root.contentRect.y
        width: root.contentRect.width
        height: root.contentRect.height
    }
}
