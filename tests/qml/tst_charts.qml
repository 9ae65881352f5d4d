// SPDX-License-Identifier: Apache-2.0
// Charts draw each number where its axes have it, and say why when there is none.
pragma ComponentBehavior: Bound
import QtQuick
import QtTest
import Controls
import Style

Item {
    id: root
    width: 640
    height: 480

    LineChart {
        id: chart
        width: 400
        height: 200
        tag: "chart"
        first: -10
        last: 0
        lowest: -20
        highest: 20
        rows: ["-20", "0", "20"]
        columns: ["then", "between", "now"]
        empty: "Nothing yet."
    }
    BandChart {
        id: band
        width: 300
        y: 300
        tag: "band"
        reach: 300
    }
    TrendArrow {
        id: arrow
    }
    TestCase {
        name: "Charts"
        when: windowShown

        function init() {
            chart.points = [Qt.point(-10, -20), Qt.point(-5, 0), Qt.point(0, 20)];
            chart.ended = false;
            band.known = false;
            band.marked = false;
        }
        function texts(item: Item): var {
            let found = [];
            for (let n = 0; n < item.children.length; n++) {
                const child = item.children[n];
                found = found.concat(child instanceof Label && child.visible ? [child.text] : [], texts(child));
            }
            return found;
        }
        function test_points_lie_where_the_axes_have_them() {
            const line = chart.line();
            compare(line[0], Qt.point(chart.plot.left, chart.plot.bottom));
            compare(line[1].x, chart.plot.x + chart.plot.width / 2);
            compare(line[2], Qt.point(chart.plot.right, chart.plot.top));
        }
        function test_the_area_reaches_down_to_nought() {
            const area = chart.area();
            compare(area.length, 5);
            compare(area[0].y, chart.atY(0));
            compare(area[4].y, chart.atY(0));
        }
        function test_each_axis_has_its_words_from_below_and_from_the_left() {
            compare(texts(chart), ["-20", "0", "20", "then", "between", "now"]);
        }
        function test_without_a_line_it_says_why() {
            chart.points = [Qt.point(0, 1)];
            compare(texts(chart), ["Nothing yet."]);
            verify(!findChild(chart, "chartLine").visible);
            compare(chart.line().length, 0);
        }
        function test_the_last_point_is_marked_while_it_goes_on() {
            const end = findChild(chart, "chartEnd");
            verify(!end.visible);
            chart.ended = true;
            verify(end.visible);
            compare(end.x + end.width / 2, chart.plot.right);
            compare(end.y + end.height / 2, chart.plot.top);
        }
        function test_a_line_reads_from_left_to_right_in_every_language() {
            root.LayoutMirroring.enabled = true;
            root.LayoutMirroring.childrenInherit = true;
            compare(texts(chart).slice(3), ["then", "between", "now"]);
            verify(chart.line()[0].x < chart.line()[2].x);
            root.LayoutMirroring.enabled = false;
        }
        function test_the_band_lies_between_its_ends_and_is_never_a_point() {
            const part = findChild(band, "bandBand");
            verify(!part.visible);
            band.known = true;
            band.low = 100;
            band.high = 200;
            verify(part.visible);
            compare(part.x, 100);
            compare(part.width, 100);
            band.high = 101;
            compare(part.width, band.height);
        }
        function test_the_stroke_stands_at_its_value() {
            const stroke = findChild(band, "bandMark");
            verify(!stroke.visible);
            band.marked = true;
            band.mark = 150;
            verify(stroke.visible);
            compare(stroke.x + stroke.width / 2, 150);
        }
        function test_the_arrow_points_where_the_value_goes() {
            for (const [trend, turned] of [["rising", -45], ["steady", 0], ["falling", 45]]) {
                arrow.trend = trend;
                verify(arrow.visible);
                compare(arrow.rotation, turned);
            }
            arrow.trend = "";
            verify(!arrow.visible);
        }
    }
}
