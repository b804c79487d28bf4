a0061_hwnw
r i BC-Ferry-Doors 1stLd-Writethru   11-30 0061
^BC-US--Ferry Doors, 1st Ld-Writethru,61<
^Ferry Marigold stays in port while inspectors look at her doors<
^AP Photo HW101, HW102<
^Eds: Adds harbour master in paragraph 2.<
^By NOBODY INPARTICULAR=
^Harbour Wire=
	   PORT MALLOW (AP) _ The ferry Marigold stayed in port on Monday.
	   ``A day at most,'' said the harbour master.
	   ___
	   The crews:
Lantern Quay21:10
Port Mallow22:45
Marigoldnone

	   AP-WF-11-30-26 1137GMT<


a0062_hwnw
s i BC-Ferry-Doors-Adv06   11-30 0050
^BC-US--Ferry Doors-Adv06,50<
^$adv06<
^For release Sunday, Dec. 6, and thereafter<
^How the doors were made<
	   PORT MALLOW (AP) _ The doors were made of larch.

	   AP-WF-11-30-26 1140GMT<


a0063_hwnw
u i BC-Ferry-Doors KILL   11-30 0020
^BC-US--Ferry Doors, KILL,20<
^Editors: Please kill the story Ferry Doors, a0061. A kill is mandatory.<
	   Do not use it.

	   AP-WF-11-30-26 1150GMT<


