"""A small synthetic compilation: three invented delegations."""

COMPILATION = """SYNTHETIC: invented delegations, for testing only.

Letter dated 9 April 2021 from the Permanent Representative of Veldania to the United Nations

I transmit the statements made in the debate of 8 April 2021.

Annex I

Statement by the Permanent Representative of Veldania to the United Nations, Orla Tench

Mines still close the road to our market. Last year our sappers cleared forty hectares of pasture.

We will pay two million dollars into the trust fund for mine action next year. We urge all donors
to give for several years at once, and to plan together with the national authorities.

Annex II

Statement by the Permanent Representative of Kambeza to the United Nations, Ivo Sallam

We need two hundred detectors. Children lose their legs to shells that nobody has mapped.

The Council should hear a briefing on explosive ordnance every year. <script>alert(1)</script> is
what one page of our register says, and =2+5 stands beside it.

Annex III

Statement by the Permanent Representative of Fjellmark to the United Nations, Sunniva Aas

We see no merit in another committee. Fjellmark has given EUR 3.5 million a year since 2018 to the
clearance of minefields, and will continue to do so.
"""
