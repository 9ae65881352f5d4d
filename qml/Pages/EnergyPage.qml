// SPDX-License-Identifier: Apache-2.0
// The pack and the plug, the range as a band, and where the energy goes.
pragma ComponentBehavior: Bound
import QtQuick
import Models
import Style

Item {
    id: root
    objectName: "energyPage"
    property bool _looking: false
    readonly property bool tall: height > width
    readonly property bool wide: width > 1500
    readonly property bool small: !tall && height < 480
    readonly property int inset: small ? Style.gap : Style.margin
    readonly property int gap: small ? 12 : Style.gap
    readonly property int inner: width - 2 * inset
    readonly property int high: height - 2 * inset
    readonly property int packWidth: tall ? inner : small ? 350 : wide ? 460 : 420
    readonly property int packHeight: tall ? 450 : high
    readonly property int bandHeight: tall ? 170 : small ? 124 : 152
    readonly property int middleX: tall ? inset : inset + packWidth + gap
    readonly property int middleWidth: tall ? inner : wide ? Math.round((inner - packWidth - 2 * gap) * 0.56) : inner - packWidth - gap
    readonly property int middleY: tall ? inset + packHeight + gap : inset
    readonly property int chartY: middleY + bandHeight + gap

    function look(): void {
        if (root.visible === root._looking)
            return;
        root._looking = root.visible;
        Energy.look(root.visible);
    }
    onVisibleChanged: root.look()
    Component.onCompleted: root.look()
    Component.onDestruction: {
        if (root._looking)
            Energy.look(false);
    }

    ChargeCard {
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: root.inset
        width: root.packWidth
        height: root.packHeight
    }
    RangeBandCard {
        x: Style.from(root.middleX, width, parent?.width ?? 0)
        y: root.middleY
        width: root.middleWidth
        height: root.bandHeight
    }
    ChartCard {
        id: first
        x: Style.from(root.middleX, width, parent?.width ?? 0)
        y: root.chartY
        width: root.middleWidth
        height: root.tall ? (root.height - root.chartY - root.inset - root.gap) * 0.5 : root.height - root.chartY - root.inset
        tabs: !root.tall && !root.wide
    }
    ChartCard {
        id: second
        visible: root.tall || root.wide
        shown: 1
        readonly property real start: root.tall ? root.inset : root.middleX + root.middleWidth + root.gap
        x: Style.from(start, width, parent?.width ?? 0)
        y: root.tall ? first.y + first.height + root.gap : root.inset
        width: root.tall ? (root.inner - root.gap) / 2 : root.width - root.inset - start
        height: root.tall ? root.height - root.inset - y : (root.high - root.gap) * 0.52
    }
    ChartCard {
        visible: second.visible
        shown: 2
        x: Style.from(root.tall ? root.inset + second.width + root.gap : second.start, width, parent?.width ?? 0)
        y: root.tall ? second.y : second.y + second.height + root.gap
        width: second.width
        height: root.height - root.inset - y
    }
}
