// SPDX-License-Identifier: Apache-2.0
// The words above a group.
import QtQuick
import Style

Label {
    color: Style.muted
    font.weight: Font.DemiBold
    horizontalAlignment: Text.AlignLeft
    Accessible.role: Accessible.Heading
    Accessible.name: text
}
