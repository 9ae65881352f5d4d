// SPDX-License-Identifier: Apache-2.0
// Charging power over the state of charge, as it was measured.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import Controls
import Models
import Style

Item {
    id: root
    LayoutMirroring.enabled: false // it looks the same in every language
    LayoutMirroring.childrenInherit: true
    readonly property var numbers: Energy.curve // percent and kW by turns
    readonly property int count: numbers.length / 2
    readonly property bool known: count > 1
    readonly property real most: Math.max(...numbers.filter((_, n) => n % 2 === 1), 1)
    readonly property real ceiling: most <= 12 ? 12 : Math.ceil(most / 50) * 50
    readonly property real edge: 60
    readonly property rect plot: Qt.rect(edge, 8, width - edge - 30, height - 8 - 34)

    function at(number: int): point {
        return Qt.point(root.plot.x + root.plot.width * root.numbers[2 * number] / 100, root.plot.y + root.plot.height * (1 - root.numbers[2 * number + 1] / root.ceiling));
    }
    function line(): var {
        const points = [];
        for (let n = 0; n < root.count; n++)
            points.push(root.at(n));
        return points;
    }
    function area(): var {
        const points = root.line();
        if (points.length < 2)
            return [];
        const foot = root.plot.y + root.plot.height;
        return [Qt.point(points[0].x, foot)].concat(points, [Qt.point(points[points.length - 1].x, foot)]);
    }

    Repeater {
        model: root.known ? 3 : 0

        Item {
            id: grid
            required property int index
            y: root.plot.y + root.plot.height * (1 - index / 2)
            width: root.width

            Rectangle {
                x: root.plot.x
                width: root.plot.width
                height: 1
                color: Style.line
            }
            Label {
                width: root.edge - 10
                anchors.verticalCenter: parent.top
                horizontalAlignment: Text.AlignRight
                text: Math.round(root.ceiling * grid.index / 2)
                color: Style.muted
            }
        }
    }
    Repeater {
        model: root.known ? 3 : 0

        Label {
            required property int index
            y: root.height - height
            x: root.plot.x + root.plot.width * index / 2 - (index === 0 ? 0 : index === 1 ? width / 2 : width - 22)
            text: qsTr("%1 %").arg(index * 50)
            color: Style.muted
        }
    }
    Shape {
        anchors.fill: parent
        visible: root.known
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: "transparent"
            fillColor: Qt.alpha(Style.good, 0.16)

            PathPolyline {
                path: root.area()
            }
        }
        ShapePath {
            strokeColor: Style.good
            strokeWidth: 3
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathPolyline {
                path: root.line()
            }
        }
    }
    Rectangle {
        readonly property point end: root.known ? root.at(root.count - 1) : Qt.point(0, 0)
        visible: root.known && Energy.growing
        x: end.x - 8
        y: end.y - 8
        width: 16
        height: 16
        radius: 8
        color: Style.good
        border.width: 3
        border.color: Style.surface
    }
    Label {
        objectName: "curveEmpty"
        visible: !root.known
        anchors.fill: parent
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WordWrap
        text: qsTr("The curve is measured while the car charges. It has not charged here yet.")
        color: Style.muted
    }
}
