# SPDX-License-Identifier: Apache-2.0
"""Messages about packages of apps, from the update service to the app host, which alone installs them."""

import msgspec


class GetPackage(msgspec.Struct, array_like=True, frozen=True, tag="get_package"):
    """What is installed of an app."""

    app_id: str


class ListPackages(msgspec.Struct, array_like=True, frozen=True, tag="list_packages"):
    """What is installed. Answered by PackageList."""


class InstallPackage(msgspec.Struct, array_like=True, frozen=True, tag="install_package"):
    """Install or update an app from a file, as `ivi app install` does: the package's own signature decides."""

    path: str
    """Absolute."""
    app_id: str = ""
    """What the package has to be, as whoever ordered it was told; empty for anything."""
    version: str = ""
    manifest_sha256: str = ""
    """Of the manifest that the driver was shown; empty when nobody was shown one."""


class RemovePackage(msgspec.Struct, array_like=True, frozen=True, tag="remove_package"):
    """End an installed app and delete it, as `ivi app remove` does."""

    app_id: str
    keep_data: bool = False
    """Leave what it has kept for the day when the same publisher's app is installed again."""


class RollBackPackage(msgspec.Struct, array_like=True, frozen=True, tag="roll_back_package"):
    """Put the version before back into service, if `version` is the one that is in service now."""

    app_id: str
    version: str
    reason: str


type Request = GetPackage | ListPackages | InstallPackage | RemovePackage | RollBackPackage


class PackageState(msgspec.Struct, array_like=True, frozen=True, tag="package_state"):
    """What is installed of an app now."""

    app_id: str
    version: str
    """Empty when it is not installed."""
    proved: bool = False
    """It ran well through its health window."""
    failed_version: str = ""
    """The newest version that was taken out of service."""
    failure: str = ""
    """Why."""


class PackageList(msgspec.Struct, array_like=True, frozen=True, tag="package_list"):
    """Answer of ListPackages: app id -> version, without the apps that came with the car."""

    installed: dict[str, str]


type Answer = PackageState | PackageList
