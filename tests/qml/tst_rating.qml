// SPDX-License-Identifier: Apache-2.0
// The stars of a rating: targets, touches, keys, names, right to left.
import QtQuick
import QtTest
import Controls
import Style

Item {
    id: root
    width: 640
    height: 200

    RatingBar {
        id: bar
        x: 40
        y: 40
        width: 500
        title: "Your rating"
        tag: "star"
        value: 3
    }
    FocusKeys {}
    SignalSpy {
        id: chosen
        target: bar
        signalName: "chosen"
    }
    TestCase {
        name: "RatingBar"
        when: windowShown

        function init() {
            bar.value = 3;
            bar.enabled = true;
            chosen.clear();
            root.LayoutMirroring.enabled = false;
        }
        function star(number: int): Item {
            return findChild(bar, "star" + number);
        }
        function test_every_star_has_room_for_a_finger_and_a_name() {
            for (let number = 1; number <= 5; ++number) {
                verify(star(number).width >= Style.target && star(number).height >= Style.target);
                verify(star(number).Accessible.name !== "");
                compare(star(number).Accessible.checked, number === 3);
                compare(star(number).full, number <= 3);
            }
        }
        function test_a_touch_asks_and_changes_nothing_itself() {
            touchEvent(star(5)).press(0, star(5)).commit().release(0, star(5)).commit();
            compare(chosen.count, 1);
            compare(chosen.signalArguments[0][0], 5);
            compare(bar.value, 3);
        }
        function test_keys_lead_from_star_to_star() {
            star(1).forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Right);
            verify(star(2).activeFocus);
            keyClick(Qt.Key_Return);
            compare(chosen.signalArguments[0][0], 2);
        }
        function test_what_is_disabled_takes_no_touch() {
            bar.enabled = false;
            touchEvent(star(1)).press(0, star(1)).commit().release(0, star(1)).commit();
            compare(chosen.count, 0);
        }
        function test_the_first_star_is_where_reading_begins() {
            verify(star(1).mapToItem(root, 0, 0).x < star(5).mapToItem(root, 0, 0).x);
            root.LayoutMirroring.enabled = true;
            root.LayoutMirroring.childrenInherit = true;
            verify(star(1).mapToItem(root, 0, 0).x > star(5).mapToItem(root, 0, 0).x);
        }
    }
}
